/** `paper`: the published study's own data, fetched, recomputed and judged. */
import { resolve } from "node:path";
import type { Argv } from "yargs";
import { MisuseError } from "../../research/misuse.ts";
import { fetchOutcome, fetchStudy, fromFolder, fromUrl } from "../edges/fetch-study.ts";
import { readMachines } from "../edges/reading/read-machines.ts";
import { readStudyData } from "../edges/reading/read-study-data.ts";
import { AUDIT_FORMATS, type AuditFormat, renderAudit } from "../format/paper/audit-report.ts";
import { renderStudyTables, STUDY_TABLES_FORMATS, type StudyTablesFormat } from "../format/paper/study-tables-report.ts";
import { audit } from "../paper/audit.ts";
import { CLAIMS } from "../paper/claims/catalogue.ts";
import { reportTables } from "../paper/report-tables.ts";
import { rawUrl, STUDY } from "../paper/source.ts";
import type { Subject } from "../subjects/subject.ts";
import { resultsOption } from "./platform-options.ts";
import { complain, print } from "./print.ts";
import { readEach } from "./read-each.ts";

/** Adds the command and those below it; their handlers throw. */
export const addPaper = (cli: Argv): Argv =>
  cli.command("paper", "Recompute and audit the published study, arXiv:2602.15214, from its own data", addPaperCommands);

const addPaperCommands = (paper: Argv): Argv =>
  paper
    .command(
      "fetch",
      "Download the study's raw data and check every file's SHA-256; files already there are kept",
      (command) =>
        paperDataOption(command)
          .option("from", {
            type: "string",
            requiresArg: true,
            describe: "Copy from a local folder, with one folder a platform, instead of downloading",
          })
          .example("$0 paper fetch", "Into ./paper-data")
          .example("$0 paper fetch --from ../docker-internals-guide/research/results", "Without a network"),
      ({ data, from }) => fetchPaper(data, from),
    )
    .command(
      "tables",
      "Print every table of the study twice: by its own estimators, and by ours",
      (command) =>
        paperDataOption(command)
          .option("format", { choices: STUDY_TABLES_FORMATS, default: "text" as const, describe: "Output format" })
          .example("$0 paper tables | less -S", "As published and recomputed, * where they differ")
          .example("$0 paper tables --format latex", "For a paper, with booktabs"),
      ({ data, format }) => printPaperTables(data, format),
    )
    .command(
      "audit",
      "Judge every claim of the study: recomputed, with reasons and the command that shows them",
      (command) =>
        resultsOption(paperDataOption(command))
          .option("platform", {
            type: "string",
            array: true,
            requiresArg: true,
            default: [] as string[],
            defaultDescription: "none",
            describe: "Platforms of ours, by label or path, to show beside the study's numbers",
          })
          .option("format", { choices: AUDIT_FORMATS, default: "text" as const, describe: "Output format" })
          .example("$0 paper audit", "All claims")
          .example(
            "$0 paper audit --platform debian12-docker20 --format markdown",
            "With what was measured in results/debian12-docker20",
          )
          .example("$0 paper audit --format json | jq '.claims[] | {id, verdict}'", "The verdicts alone"),
      ({ data, platform, results, format }) => auditPaper(data, readEach(platform, results, 0).subjects, format),
    )
    .demandCommand(1, "name a command of paper; tierbench paper --help lists them");

const paperDataOption = (command: Argv) =>
  command.option("data", {
    type: "string",
    requiresArg: true,
    default: resolve("paper-data"),
    defaultDescription: "./paper-data",
    describe: "Folder with the study's data, one folder a platform",
    coerce: (folder: string) => {
      // As of an unset variable: it would be the current folder.
      if (folder === "") throw new MisuseError("--data is empty; give a folder");
      return folder;
    },
  });

/** @throws Error when a file is missing in the end */
async function fetchPaper(data: string, from: string | undefined): Promise<void> {
  const read = from === undefined ? fromUrl(rawUrl(STUDY)) : fromFolder(from);
  const { complaints, summary, failure } = fetchOutcome(await fetchStudy(STUDY.sha256, data, read), data, STUDY);
  for (const complaint of complaints) complain(complaint);
  print(summary);
  if (failure !== null) throw new Error(failure);
}

/** What is missing is said, makes the exit code 1, and does not keep the rest from being audited. */
function auditPaper(data: string, ours: readonly Subject[], format: AuditFormat): void {
  const study = readMachines(data, STUDY.sha256);
  print(renderAudit(audit(CLAIMS, study, { subject: STUDY, dataFolder: data, ours }), format));
  for (const problem of study.problems) complain(`not read: ${problem}`);
  if (study.problems.length > 0) process.exitCode = 1;
}

/** What is missing is in the report, and makes the exit code 1. */
function printPaperTables(data: string, format: StudyTablesFormat): void {
  const { platforms, unread } = readStudyData(data, STUDY.sha256);
  print(renderStudyTables(reportTables(STUDY, platforms, unread), format));
  if (unread.length > 0 || platforms.some(({ files }) => files.some(({ content }) => "problem" in content))) {
    complain("some of the study's files are missing or changed, see the report; `tierbench paper fetch` downloads them");
    process.exitCode = 1;
  }
}

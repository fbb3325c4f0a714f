/** `paper`: the published study's own data, fetched, recomputed and judged. */
import { resolve } from "node:path";
import type { Argv } from "yargs";
import { MisuseError } from "../../research/misuse.ts";
import { FORMATS } from "../edges/drawing/pictures.ts";
import { requireFolder, writeFiles } from "../edges/drawing/write.ts";
import { fetchOutcome, fetchStudy, fromFolder, fromUrl } from "../edges/fetch-study.ts";
import { readMachines } from "../edges/reading/read-machines.ts";
import { readStudyData } from "../edges/reading/read-study-data.ts";
import { studyOfPlatform } from "../edges/reading/study-of-platform.ts";
import { terminal } from "../edges/terminal/terminal.ts";
import { PUBLISHED_FIGURES } from "../figures/as-published/figures.ts";
import { FIGURES } from "../figures/catalogue.ts";
import { AUDIT_FORMATS, type AuditFormat, renderAudit } from "../format/paper/audit-report.ts";
import { renderStudyTables, STUDY_TABLES_FORMATS, type StudyTablesFormat } from "../format/paper/study-tables-report.ts";
import { audit } from "../paper/audit.ts";
import { CLAIMS } from "../paper/claims/catalogue.ts";
import { reportTables } from "../paper/report-tables.ts";
import { rawUrl, STUDY } from "../paper/source.ts";
import type { StudyPlatform } from "../subjects/platform.ts";
import { studySubject } from "../subjects/study-subject.ts";
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
            describe:
              "Copy from a local folder, with one folder a platform, or from a clone of the study's repository, instead of downloading",
          })
          .example("$0 paper fetch", "Into ./paper-data")
          .example("$0 paper fetch --from ../docker-internals-guide/research/results", "Without a network"),
      ({ data, from }) => fetchPaper(data, from),
    )
    .command(
      "tables",
      "Print every table of the study twice: by its own estimators, and by ours",
      (command) =>
        withOption(paperDataOption(command))
          .option("format", {
            choices: STUDY_TABLES_FORMATS,
            requiresArg: true,
            default: "text" as const,
            describe: "Output format",
          })
          .example("$0 paper tables | less", "As published and recomputed, * where they differ")
          .example("$0 paper tables --format latex", "For a paper, with booktabs")
          .example("$0 paper tables --with ../their-machine", "With a folder in the study's format among the platforms"),
      ({ data, with: others, results, format }) => printPaperTables(data, readWith(others, results), format),
    )
    .command(
      "audit",
      "Judge every claim of the study: recomputed, with reasons and the command that shows them",
      (command) =>
        withOption(paperDataOption(command))
          .option("format", { choices: AUDIT_FORMATS, requiresArg: true, default: "text" as const, describe: "Output format" })
          .example("$0 paper audit", "All claims")
          .example(
            "$0 paper audit --with debian12-docker20 --format markdown",
            "With what was measured in results/debian12-docker20",
          )
          .example("$0 paper audit --format json | jq '.claims[] | {id, verdict}'", "The verdicts alone"),
      ({ data, with: others, results, format }) => auditPaper(data, readWith(others, results), format),
    )
    .command(
      "figures",
      "Draw the study's seven figures as published, beside ours of the same data",
      (command) =>
        withOption(paperDataOption(command))
          .option("out", {
            type: "string",
            requiresArg: true,
            default: "paper-figures/study",
            defaultDescription: "./paper-figures/study",
            describe: "Folder for the files",
          })
          .example("$0 paper figures --out figures", "Each as NAME-as-published and NAME-ours, in six files")
          .example(
            "$0 paper figures --with debian12-docker20",
            "With the tiers of a platform of ours, which the study has not measured",
          ),
      ({ data, with: others, results, out }) => drawPaperFigures(data, readWith(others, results), out),
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

const withOption = <T>(command: Argv<T>) =>
  resultsOption(command).option("with", {
    type: "string",
    array: true,
    requiresArg: true,
    default: [] as string[],
    defaultDescription: "none",
    describe: "More platforms, by label or path, beside the study's own",
  });

/** @throws MisuseError for one that has the name of a platform of the study's: nobody could tell them apart */
function readWith(platforms: readonly string[], results: string): readonly Subject[] {
  const { subjects } = readEach(platforms, results, 0);
  const taken = subjects.find(({ label }) => Object.hasOwn(STUDY.sha256, label));
  if (taken === undefined) return subjects;
  throw new MisuseError(
    `--with ${taken.source.folder}: the study has a platform called ${taken.label}; copy the folder under another name`,
  );
}

/** What was measured in the study's own way; `undefined` where nothing was. */
function asStudys({ label, source }: Subject): StudyPlatform | undefined {
  const platform = "manifest" in source ? studyOfPlatform(source) : source;
  return platform && { ...platform, label };
}

function studySubjectOf(subject: Subject): Subject | undefined {
  const platform = asStudys(subject);
  return platform && studySubject(platform);
}

/** A platform of ours with what it measured in the study's own way, under the study's names. */
function withStudy(subject: Subject): Subject {
  const measured = "manifest" in subject.source ? studySubjectOf(subject)?.measurements : undefined;
  return measured === undefined ? subject : { ...subject, measurements: [...subject.measurements, ...measured] };
}

/** @throws Error when a file is missing in the end */
async function fetchPaper(data: string, from: string | undefined): Promise<void> {
  const read = from === undefined ? fromUrl(rawUrl(STUDY)) : fromFolder(from, STUDY);
  const { complaints, summary, failure } = fetchOutcome(await fetchStudy(STUDY.sha256, data, read), data, STUDY);
  for (const complaint of complaints) complain(complaint);
  print(summary);
  if (failure !== null) throw new Error(failure);
}

/** What is missing is reported and makes the exit code 1; the rest is still audited. */
function auditPaper(data: string, ours: readonly Subject[], format: AuditFormat): void {
  for (const { label, source } of ours)
    if (!("manifest" in source))
      complain(`not in the audit: ${label}: it is in the study's format; see it with paper tables --with`);
  const study = readMachines(data, STUDY.sha256);
  print(renderAudit(audit(CLAIMS, study, { subject: STUDY, dataFolder: data, ours }), format, terminal()));
  for (const problem of study.problems) complain(`not read: ${problem}`);
  if (study.problems.length > 0) process.exitCode = 1;
}

/** What cannot be drawn is said. @throws Error when the study's data is missing */
async function drawPaperFigures(data: string, others: readonly Subject[], out: string): Promise<void> {
  if (out === "") throw new MisuseError("--out is empty; name a folder");
  requireFolder(out);
  const { startDrawer } = await import("../edges/drawing/drawer.ts");
  using drawer = startDrawer(FORMATS);
  const { renderFigure } = await import("../edges/drawing/render-figure.ts");
  const study = readStudyData(data, STUDY.sha256).platforms.map(studySubject);
  const theirs = others.flatMap((subject) => studySubjectOf(subject) ?? []);
  const ours = others.map(withStudy);
  const written: Promise<string[]>[] = [];
  for (const { name, draw, ours: figure } of PUBLISHED_FIGURES) {
    const drawings = {
      "as-published": draw([...study, ...theirs]),
      ours: FIGURES[figure]([...study, ...ours]),
    };
    for (const [kind, drawing] of Object.entries(drawings)) {
      if ("absent" in drawing) complain(`not drawn: ${name}, ${kind}: ${drawing.absent}`);
      else {
        const warn = (line: string): void => complain(`warning: ${name}: ${line}`);
        written.push(renderFigure(`${name}-${kind}`, drawing, drawer.draw, warn).then((files) => writeFiles(out, files)));
      }
    }
  }
  const paths = (await Promise.all(written)).flat();
  print(paths.map((file) => `${file}\n`).join(""));
}

/** What is missing is in the report, and makes the exit code 1. */
function printPaperTables(data: string, others: readonly Subject[], format: StudyTablesFormat): void {
  const { platforms, unread } = readStudyData(data, STUDY.sha256);
  const more = others.flatMap((subject) => {
    const platform = asStudys(subject);
    if (platform !== undefined) return [platform];
    complain(
      `not in the tables: ${subject.label}: its starts end when the entrypoint acts, the study's when docker run has returned; \`tierbench run study\` measures those`,
    );
    return [];
  });
  print(renderStudyTables(reportTables(STUDY, [...platforms, ...more], unread), format, terminal()));
  if (unread.length > 0 || platforms.some(({ files }) => files.some(({ content }) => "problem" in content))) {
    complain("some of the study's files are missing or changed, see the report; `tierbench paper fetch` downloads them");
    process.exitCode = 1;
  }
}

/** The commands that explain what was measured, by us or by the study: parse → read → compute → print. */
import { stdout } from "node:process";
import type { Argv } from "yargs";
import { MisuseError } from "../research/misuse.ts";
import { parseShare } from "../research/parse-share.ts";
import { compare, compareWherePossible } from "./compare.ts";
import { fetchOutcome, fetchStudy, fromFolder, fromUrl } from "./edges/fetch-study.ts";
import { readMachines } from "./edges/read-machines.ts";
import { readPlatforms } from "./edges/read-results.ts";
import { readStudyData } from "./edges/read-study-data.ts";
import { defaultPaperFolder, defaultResultsFolder, toolVersion } from "./edges/repository.ts";
import { writeFiles } from "./edges/write.ts";
import { FIGURE_NAMES, FIGURES, type FigureName } from "./figures/catalogue.ts";
import type { Drawing } from "./figures/figure.ts";
import { AUDIT_FORMATS, type AuditFormat, renderAudit } from "./format/audit-report.ts";
import { COMPARISON_FORMATS, type ComparisonFormat, renderComparison } from "./format/comparison-report.ts";
import { FORMATS, renderAnalysis } from "./format/report.ts";
import { renderStudyTables, STUDY_TABLES_FORMATS, type StudyTablesFormat } from "./format/study-tables-report.ts";
import type { Subject } from "./measurement.ts";
import { mixProbes } from "./mix-probes.ts";
import { audit } from "./paper/audit.ts";
import { CLAIMS } from "./paper/claims.ts";
import { reportTables } from "./paper/report-tables.ts";
import { rawUrl, STUDY } from "./paper/source.ts";
import { brokenFiles, type Source, type Unread } from "./platform.ts";
import { toSubject } from "./subject.ts";
import type { SummariseOptions } from "./summarise.ts";
import { type AnalysisReport, summariseSource } from "./summarise-platform.ts";
import { beyondThreshold, notJudged } from "./threshold.ts";

/** The names of the commands that are added here. */
export const ANALYSIS_COMMANDS = ["analyze", "compare", "figures", "report", "paper"] as const;

/** Adds `analyze`, `compare`, `figures`, `report` and `paper`. Their handlers throw; whoever runs the parser prints the error once. */
export const addAnalysisCommands = (cli: Argv): Argv =>
  cli
    .command(
      "analyze <platforms..>",
      "Explain what was measured: medians, intervals, tiers and phases",
      (command) =>
        platformOptions(command)
          .option("format", { choices: FORMATS, default: "text" as const, describe: "What to print" })
          .option("without-outliers", {
            type: "boolean",
            default: false,
            describe: "Add a line without what lies beyond Tukey's fences",
          })
          .example("$0 analyze docker20", "The platform in results/docker20, for the terminal")
          .example("$0 analyze docker20 ./copied/docker28 --format markdown", "Two platforms, one of them in a folder elsewhere")
          .example("$0 analyze docker20 --format json | jq '.platforms[0].experiments.startup'", "All numbers, unrounded"),
      ({ platforms, results, format, "without-outliers": withoutOutliers }) =>
        print(renderAnalysis(analyse(platforms, results, { withoutOutliers }), format)),
    )
    .command(
      "compare <platforms..>",
      "Compare platforms: how much slower, how certain, and which tier and phase it comes from",
      (command) =>
        platformOptions(command)
          .option("format", { choices: COMPARISON_FORMATS, default: "text" as const, describe: "What to print" })
          .option("reference", {
            type: "string",
            requiresArg: true,
            describe: "Compare all others with this one (default: all pairs)",
          })
          .option("threshold", {
            type: "string",
            requiresArg: true,
            describe: "Exit with 3 when a ratio lies wholly beyond it: 5%",
          })
          .option("mix-probes", {
            type: "boolean",
            default: false,
            describe: "Compare also what different probes saw, whose starts end at different events",
          })
          .example("$0 compare docker20 docker28", "Which is faster, and why")
          .example("$0 compare main branch --reference main --threshold 5%", "A regression gate for CI"),
      (options) => comparePlatforms(options),
    )
    .command(
      "figures <platforms..>",
      "Draw every figure that the data allows: Vega-Lite specification, SVG, PNG, PDF and LaTeX table",
      (command) =>
        platformOptions(command)
          .option("only", { choices: FIGURE_NAMES, array: true, requiresArg: true, describe: "Draw these figures" })
          .option("out", { type: "string", requiresArg: true, default: "paper-figures", describe: "Folder for the files" })
          .example("$0 figures docker20", "Draw into paper-figures/")
          .example(
            "$0 figures docker20 docker28 --only startup-tiers --out /tmp/figures",
            "Two platforms in one figure, elsewhere",
          ),
      ({ platforms, results, only, out }) => drawFigures(platforms, results, only ?? FIGURE_NAMES, out),
    )
    .command(
      "report <platforms..>",
      "Write one HTML file with everything: the answer, interactive figures, tables, warnings, how to repeat it",
      (command) =>
        platformOptions(command)
          .option("out", { type: "string", requiresArg: true, default: "report.html", describe: "The file" })
          .example("$0 report docker20 docker28 --out report.html", "Opens from disk, without a network"),
      ({ platforms, results, out }) => writeReport(platforms, results, out),
    )
    .command("paper", "The published study, arXiv:2602.15214: its own data, recomputed", addPaperCommands);

const addPaperCommands = (paper: Argv): Argv =>
  paper
    .command(
      "fetch",
      "Download the study's raw data and check every file's SHA-256; what is there is kept",
      (command) =>
        paperDataOption(command)
          .option("from", {
            type: "string",
            requiresArg: true,
            describe: "Copy from a folder at hand, with one folder a platform, instead of downloading",
          })
          .example("$0 paper fetch", "Into paper-data/, which git ignores")
          .example("$0 paper fetch --from ../docker-internals-guide/research/results", "Without a network"),
      ({ data, from }) => fetchPaper(data, from),
    )
    .command(
      "tables",
      "Every table of the study twice: by its own estimators, and by ours",
      (command) =>
        paperDataOption(command)
          .option("format", { choices: STUDY_TABLES_FORMATS, default: "text" as const, describe: "What to print" })
          .example("$0 paper tables | less -S", "As published, as it should be, * where they differ")
          .example("$0 paper tables --format latex", "For a paper, with booktabs"),
      ({ data, format }) => printPaperTables(data, format),
    )
    .command(
      "audit",
      "Every claim of the study: recomputed, judged, with the reasons and the command that shows them",
      (command) =>
        resultsOption(paperDataOption(command))
          .option("platform", {
            type: "string",
            array: true,
            requiresArg: true,
            default: [] as string[],
            defaultDescription: "none",
            describe: "Platforms of our own, by label or path, to be put beside the study's numbers",
          })
          .option("format", { choices: AUDIT_FORMATS, default: "text" as const, describe: "What to print" })
          .example("$0 paper audit", "All claims, for the terminal")
          .example("$0 paper audit --platform docker20 --format markdown", "With what was measured in results/docker20")
          .example("$0 paper audit --format json | jq '.claims[] | {id, verdict}'", "The verdicts alone"),
      ({ data, platform, results, format }) => auditPaper(data, readEach(platform, results, toSubject, 0).read, format),
    )
    .demandCommand(1, "name a command of paper; tierbench paper --help lists them");

const paperDataOption = (command: Argv) =>
  command.option("data", {
    type: "string",
    requiresArg: true,
    default: defaultPaperFolder(),
    defaultDescription: "the repository's paper-data/",
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
  for (const complaint of complaints) console.error(complaint);
  print(summary);
  if (failure !== null) throw new Error(failure);
}

/** What is missing is said, makes the exit code 1, and does not keep the rest from being audited. */
function auditPaper(data: string, ours: readonly Subject[], format: AuditFormat): void {
  const study = readMachines(data, STUDY.sha256);
  print(renderAudit(audit(CLAIMS, study, { subject: STUDY, dataFolder: data, ours }), format));
  for (const problem of study.problems) console.error(`not read: ${problem}`);
  if (study.problems.length > 0) process.exitCode = 1;
}

const COMPARE_SEED = 1;

interface CompareOptionsTyped {
  readonly platforms: readonly string[];
  readonly results: string;
  readonly format: ComparisonFormat;
  readonly reference: string | undefined;
  readonly threshold: string | undefined;
  readonly "mix-probes": boolean;
}

/** Sets exit code 3 when the threshold is passed, else 1 when something could not be judged by it. @throws MisuseError */
function comparePlatforms(options: CompareOptionsTyped): void {
  const { platforms, results, format, reference, threshold, "mix-probes": mixed } = options;
  if (platforms.length < 2) throw new MisuseError("compare takes two platforms or more");
  const share = threshold === undefined ? undefined : parseShare("--threshold", threshold);
  const { read, unread } = readEach(platforms, results, toSubject, 2);
  const subjects = mixed ? mixProbes(read) : read;
  const labels = subjects.map(({ label }) => label);
  if (reference !== undefined && !labels.includes(reference))
    throw new MisuseError(`--reference ${reference} is not among the labels of the platforms: ${labels.join(", ")}`);
  const report = compare(subjects, { reference: reference ?? null, seed: COMPARE_SEED, unread });
  print(renderComparison(report, format));
  const beyond = share === undefined ? [] : beyondThreshold(report.comparisons, share, reference !== undefined);
  const unjudged = share === undefined ? [] : notJudged(report);
  for (const line of unjudged) console.error(`not judged by the threshold: ${line}`);
  if (unjudged.length > 0) process.exitCode = 1;
  for (const { a, b, condition, metric, ratio_ci } of beyond) {
    console.error(
      `beyond the threshold of ${threshold}: ${a} / ${b}, ${condition} ${metric}: 95 % CI of the ratio ${ratio_ci?.map((end) => end.toFixed(3)).join("–")}`,
    );
  }
  if (beyond.length > 0) process.exitCode = 3;
}

const platformOptions = (command: Argv) =>
  resultsOption(command).positional("platforms", {
    type: "string",
    array: true,
    demandOption: true,
    describe: "Labels in the results folder, or paths of platforms' folders",
  });

const resultsOption = <T>(command: Argv<T>) =>
  command.option("results", {
    type: "string",
    requiresArg: true,
    default: defaultResultsFolder(),
    defaultDescription: "the repository's results/",
    describe: "Where labels are looked up",
  });

/** What can not be drawn is said, and the rest is drawn. @throws Error when that is nothing */
async function drawFigures(
  platforms: readonly string[],
  results: string,
  names: readonly FigureName[],
  out: string,
): Promise<void> {
  const { read: subjects } = readEach(platforms, results, toSubject, 1);
  const drawn: [FigureName, Drawing][] = [];
  const absent: string[] = [];
  for (const name of new Set(names)) {
    const drawing = FIGURES[name](subjects);
    if ("absent" in drawing) absent.push(`${name}: ${drawing.absent}`);
    else drawn.push([name, drawing]);
    const missing = "absent" in drawing ? [drawing.absent] : drawing.leftOut;
    for (const line of missing) console.error(`not drawn: ${name}: ${line}`);
  }
  if (drawn.length === 0) throw new Error(`nothing to draw: ${absent.join("; ")}`);
  // Loaded when something is drawn: every other command would wait a second for Vega.
  const { renderFigure } = await import("./edges/render-figure.ts");
  const written: string[] = [];
  for (const [name, drawing] of drawn) {
    const files = await renderFigure(name, drawing, (message) => console.error(`warning: ${name}: ${message}`));
    written.push(...writeFiles(out, files));
  }
  print(written.map((file) => `${file}\n`).join(""));
}

/** @throws Error when the file can not be written */
async function writeReport(platforms: readonly string[], results: string, out: string): Promise<void> {
  const { read, unread } = readEach(
    platforms,
    results,
    (source) => ({ source, subject: toSubject(source), summary: summariseSource(source) }),
    1,
  );
  const subjects = read.map(({ subject }) => subject);
  const { writeReportFile } = await import("./edges/write-report.ts"); // loads Vega, as above
  const input = {
    sources: read.map(({ source }) => source),
    subjects,
    analysis: { platforms: read.map(({ summary }) => summary), unread },
    comparison: subjects.length < 2 ? null : compareWherePossible(subjects, { reference: null, seed: COMPARE_SEED, unread }),
    toolVersion: toolVersion(),
  };
  print(`${writeReportFile(out, input, (message) => console.error(`warning: ${message}`))}\n`);
}

/** A reader that has seen enough and gone (`| head`) is no failure of ours. */
function print(text: string): void {
  stdout.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  stdout.write(text);
}

function analyse(platforms: readonly string[], results: string, options: SummariseOptions): AnalysisReport {
  const { read, unread } = readEach(platforms, results, (source) => summariseSource(source, options), 1);
  return { platforms: read, unread };
}

interface ReadEach<T> {
  readonly read: readonly T[];
  readonly unread: readonly Unread[];
}

/**
 * What can not be read is said, makes the exit code 1, and does not keep the rest from being explained.
 * @param fewest below so many platforms nothing can be said @throws the first error then
 */
function readEach<T>(platforms: readonly string[], results: string, use: (source: Source) => T, fewest: number): ReadEach<T> {
  const errors: Error[] = [];
  const unread: Unread[] = [];
  const refuse = (platform: string, error: Error): void => {
    errors.push(error);
    unread.push({ platform, reason: error.message });
  };
  const sources = readPlatforms(platforms, { resultsFolder: results, toolVersion: toolVersion() }, refuse);
  const read = sources.flatMap((source) => {
    try {
      return [use(source)];
    } catch (error) {
      refuse(source.label, error as Error);
      return [];
    }
  });
  if (errors[0] !== undefined && read.length < fewest) throw errors[0];
  const broken = sources.flatMap((source) => brokenFiles(source).map((reason) => ({ platform: source.label, reason })));
  for (const { platform, reason } of [...unread, ...broken]) console.error(`not read: ${platform}: ${reason}`);
  if (unread.length + broken.length > 0) process.exitCode = 1;
  return { read, unread };
}

/** What is missing is in the report, and makes the exit code 1. */
function printPaperTables(data: string, format: StudyTablesFormat): void {
  const { platforms, unread } = readStudyData(data, STUDY.sha256);
  print(renderStudyTables(reportTables(STUDY, platforms, unread), format));
  if (unread.length > 0 || platforms.some(({ files }) => files.some(({ content }) => "problem" in content))) {
    console.error("some of the study's files are missing or other, see the report; `tierbench paper fetch` brings them");
    process.exitCode = 1;
  }
}

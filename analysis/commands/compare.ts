/** `compare`: which platform is faster, how certain that is, and where it comes from; also as a gate. */
import type { Argv } from "yargs";
import { MisuseError } from "../../research/misuse.ts";
import { parseShare } from "../../research/parse-share.ts";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { compare } from "../comparisons/compare.ts";
import type { NotCompared } from "../comparisons/comparison-output.ts";
import { SPLITTING_FACTORS, type SplittingFactor, splitByFactor } from "../comparisons/split-by-factor.ts";
import { beyondThreshold, notJudged } from "../comparisons/threshold.ts";
import { calledByLabel } from "../edges/reading/called.ts";
import { labelAmong } from "../edges/reading/find-platform.ts";
import { terminal } from "../edges/terminal/terminal.ts";
import { COMPARISON_FORMATS, type ComparisonFormat, renderComparison } from "../format/comparison/comparison-report.ts";
import { type Choice, isChoice } from "../format/screen/choice.ts";
import { adviceOnAll, comparisonScreen } from "../format/screen/comparison-screen.ts";
import { thresholdLines } from "../format/screen/threshold-lines.ts";
import { grouped } from "../samples/grouped.ts";
import { factor, pValue } from "../samples/numbers.ts";
import { mixProbes } from "../subjects/mix-probes.ts";
import type { Subject } from "../subjects/subject.ts";
import { platformOptions } from "./platform-options.ts";
import { complain, print, printScreen } from "./print.ts";
import { readEach } from "./read-each.ts";

/** Adds the command; its handler throws. */
export const addCompare = (cli: Argv): Argv =>
  cli.command(
    "compare <platforms..>",
    "Compare platforms: which is slower, by how much, how certain, and in which phase",
    (command) =>
      platformOptions(command)
        .option("by", {
          choices: SPLITTING_FACTORS,
          requiresArg: true,
          describe: "Compare the images (or variants) of one platform, which were measured in turns",
        })
        .option("full", { type: "boolean", default: false, describe: "Print every table and note instead of one screen" })
        .option("phases", { type: "boolean", default: false, describe: "Show the difference in every phase" })
        .option("experiment", { choices: EXPERIMENTS, requiresArg: true, describe: "Show this experiment" })
        .option("image", { type: "string", requiresArg: true, describe: "Show the conditions of this image" })
        .option("condition", { type: "string", requiresArg: true, describe: "Show this condition, such as 'small warm'" })
        .option("format", {
          choices: COMPARISON_FORMATS,
          requiresArg: true,
          default: "text" as const,
          describe: "Output format; all but text are complete",
        })
        .option("reference", {
          type: "string",
          requiresArg: true,
          describe:
            "Compare the others with this platform alone, named by label or path; with --by, with this image or variant (default: all pairs; of variants, the first)",
        })
        .option("threshold", {
          type: "string",
          requiresArg: true,
          describe:
            "Exit with 3 when a change is certainly larger than this, such as 5%; with 1 when it may be twice as large, or too few sessions cannot tell",
        })
        .option("mix-probes", {
          type: "boolean",
          default: false,
          describe: "Also compare starts seen by different probes, which end at different events",
        })
        .example("$0 compare debian12-docker20 debian12-docker20-suite", "Which is slower, and why")
        .example(
          "$0 compare debian12-docker20 debian12-docker20-suite --reference debian12-docker20 --threshold 5%",
          "A regression gate for CI",
        )
        .example(
          "$0 compare debian12-docker20 --by image --reference small --threshold 5%",
          "The same for images measured in turns",
        ),
    (options) => comparePlatforms(options),
  );

interface CompareOptionsTyped {
  readonly platforms: readonly string[];
  readonly results: string;
  readonly by: SplittingFactor | undefined;
  readonly format: ComparisonFormat;
  readonly full: boolean;
  readonly phases: boolean;
  readonly experiment: Choice["experiment"];
  readonly image: string | undefined;
  readonly condition: string | undefined;
  readonly reference: string | undefined;
  readonly threshold: string | undefined;
  readonly "mix-probes": boolean;
}

/** Sets exit code 3 when the threshold is passed, else 1 when something could not be judged by it. @throws MisuseError */
function comparePlatforms(options: CompareOptionsTyped): void {
  const { platforms, results, by, format, full, phases, experiment, image, condition, reference, threshold } = options;
  const choice = { experiment, image, condition };
  if ((format !== "text" || full) && (phases || isChoice(choice)))
    throw new MisuseError(
      `${full ? "--full" : `--format ${format}`} is always complete: leave out --phases, --experiment, --image and --condition`,
    );
  if (by === undefined && platforms.length < 2)
    throw new MisuseError("compare takes two platforms or more, or --by image, which compares the images of one");
  if (by !== undefined && platforms.length !== 1) throw new MisuseError("compare --by takes one platform");
  if (by === "image" && image !== undefined)
    throw new MisuseError("--by image compares all images with each other: --reference IMAGE compares the others with that one");
  const share = threshold === undefined ? undefined : parseShare("--threshold", threshold);
  const { subjects: asRead, unread, others } = readEach(platforms, results, platforms.length === 1 ? 1 : 2);
  const lost = unread.find(({ platform }) => platform === reference);
  if (lost !== undefined) throw new Error(`--reference ${lost.platform} cannot be read: ${lost.reason}`);
  const apart = by === undefined ? asRead : splitByFactor(asRead[0] as Subject, by);
  const subjects = options["mix-probes"] ? mixProbes(apart) : apart;
  const first = by === "variant" ? (subjects[0]?.label ?? null) : null;
  const chosen = reference === undefined ? first : referenceAmong(reference, subjects, by, results);
  const report = compare(subjects, { reference: chosen, unread, others: others() });
  const beyond = share === undefined ? [] : beyondThreshold(report.comparisons, share, chosen !== null);
  const unjudged = share === undefined ? [] : notJudged(report, share, chosen !== null);
  const called = calledByLabel(subjects);
  if (format !== "text" || full) print(renderComparison(report, format, terminal(), adviceOnAll(report, subjects, called)));
  else {
    const gate = threshold === undefined ? [] : thresholdLines(threshold, beyond, unjudged.length);
    printScreen(comparisonScreen(report, subjects, { terminal: terminal(), phases, choice, threshold: gate, called }));
  }
  const unjudgedFor = grouped(unjudged, ({ a, b, reason }) => JSON.stringify([a, b, reason]));
  for (const [first, ...others] of unjudgedFor.values()) {
    const { a, b, what, reason } = first as NotCompared;
    complain(
      `not judged by the threshold: ${a} and ${b}, ${what}${others.length === 0 ? "" : ` and ${others.length} more`}: ${reason}`,
    );
  }
  if (unjudged.length > 0) process.exitCode = 1;
  for (const { comparison, p_holm } of beyond) {
    const { a, b, condition, metric, sessions, cautions } = comparison;
    const beside = cautions.length === 0 ? "" : `; caution: ${cautions.join("; ")}`;
    complain(
      `beyond the threshold of ${threshold}: ${a} / ${b}, ${condition} ${metric}: ratio ${factor(sessions.ratio)}, p = ${pValue(p_holm)} that it lies within (by sessions, adjusted by Holm)${beside}`,
    );
  }
  if (beyond.length > 0) process.exitCode = 3;
}

/** The label of what `--reference` names. @throws MisuseError where it is not among them */
function referenceAmong(name: string, subjects: readonly Subject[], by: SplittingFactor | undefined, results: string): string {
  if (by === undefined) {
    const sources = subjects.map(({ source }) => source);
    return labelAmong("--reference", name, sources, results);
  }
  const labels = subjects.map(({ label }) => label);
  if (labels.includes(name)) return name;
  throw new MisuseError(`--reference ${JSON.stringify(name)} is not among the ${by}s measured: ${labels.join(", ")}`);
}

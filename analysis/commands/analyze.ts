/** `analyze`: what was measured, platform by platform. */
import type { Argv } from "yargs";
import { MisuseError } from "../../research/misuse.ts";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { calledOf } from "../edges/reading/called.ts";
import { paintFor, terminal } from "../edges/terminal/terminal.ts";
import { FORMATS, renderAnalysis } from "../format/analysis/analysis-report.ts";
import { analysisScreen } from "../format/screen/analysis-screen.ts";
import { type Choice, chosen, isChoice } from "../format/screen/choice.ts";
import type { PlatformFacts } from "../format/screen/screen-view.ts";
import { engineOf, flagsOf, type Subject } from "../subjects/subject.ts";
import { analysisOf } from "../summaries/summarise.ts";
import type { AnalysisReport } from "../summaries/summary.ts";
import { platformOptions } from "./platform-options.ts";
import { print, printScreen } from "./print.ts";
import { readEach } from "./read-each.ts";

/** Adds the command; its handler throws. */
export const addAnalyze = (cli: Argv): Argv =>
  cli.command(
    "analyze <platforms..>",
    "Explain what was measured: how long, how certain, and where the time goes",
    (command) =>
      platformOptions(command)
        .option("full", { type: "boolean", default: false, describe: "Print every table and note instead of one screen" })
        .option("phases", { type: "boolean", default: false, describe: "Show all phases of the conditions shown" })
        .option("experiment", { choices: EXPERIMENTS, requiresArg: true, describe: "Show this experiment" })
        .option("image", { type: "string", requiresArg: true, describe: "Show the conditions of this image" })
        .option("condition", { type: "string", requiresArg: true, describe: "Show this condition, such as 'small warm'" })
        .option("format", {
          choices: FORMATS,
          requiresArg: true,
          default: "text" as const,
          describe: "Output format; all but text are complete",
        })
        .option("without-outliers", {
          type: "boolean",
          default: false,
          describe: "Print every table, with a line to each condition without outliers (beyond Tukey's fences)",
        })
        .example("$0 analyze debian12-docker20", "The platform in ./results/debian12-docker20, on one screen")
        .example("$0 analyze debian12-docker20 --condition 'small cold' --phases", "Every phase of one condition")
        .example(
          "$0 analyze debian12-docker20 ./results/debian12-docker20-suite --format markdown",
          "Two platforms, one in a folder elsewhere, complete",
        )
        .example(
          "$0 analyze debian12-docker20 --format json | jq '.platforms[0].conditions[0].metrics.total_ms'",
          "All numbers, unrounded",
        ),
    ({ platforms, results, format, full, phases, experiment, image, condition, "without-outliers": withoutOutliers }) => {
      const choice = { experiment, image, condition };
      if (format !== "text" && (full || phases || isChoice(choice)))
        throw new MisuseError(
          `--format ${format} is always complete: leave out --full, --phases, --experiment, --image and --condition`,
        );
      const { subjects, unread } = readEach(platforms, results, 1);
      const analysis = analysisOf(subjects, unread, { withoutOutliers });
      const facts = subjects.map(factsFor);
      if (format !== "text") print(renderAnalysis(analysis, format, facts));
      else if (full || withoutOutliers) print(renderAnalysis(chosen(analysis, choice), "text", facts, terminal()));
      else printAnalysis(subjects, analysis, choice, phases);
    },
  );

const factsFor = (subject: Subject): PlatformFacts => ({
  facts: subject.facts,
  engine: engineOf(subject),
  called: calledOf(subject.source),
  flags: flagsOf(subject),
});

/** One screen of it. @throws MisuseError for a choice of what was not measured */
export function printAnalysis(subjects: readonly Subject[], analysis: AnalysisReport, choice: Choice, phases: boolean): void {
  const at = terminal();
  printScreen(analysisScreen(chosen(analysis, choice), subjects.map(factsFor), { terminal: at, paint: paintFor(at), phases }));
}

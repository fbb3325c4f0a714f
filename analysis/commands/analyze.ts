/** `analyze`: what was measured, platform by platform. */
import type { Argv } from "yargs";
import { FORMATS, renderAnalysis } from "../format/analysis/analysis-report.ts";
import { analysisOf } from "../summaries/summarise.ts";
import { platformOptions } from "./platform-options.ts";
import { print } from "./print.ts";
import { readEach } from "./read-each.ts";

/** Adds the command; its handler throws. */
export const addAnalyze = (cli: Argv): Argv =>
  cli.command(
    "analyze <platforms..>",
    "Explain what was measured: medians, intervals, tiers and phases",
    (command) =>
      platformOptions(command)
        .option("format", { choices: FORMATS, default: "text" as const, describe: "Output format" })
        .option("without-outliers", {
          type: "boolean",
          default: false,
          describe: "Add a line to each condition without outliers (beyond Tukey's fences)",
        })
        .example("$0 analyze debian12-docker20", "The platform in ./results/debian12-docker20")
        .example(
          "$0 analyze debian12-docker20 ./results/debian12-docker20-suite --format markdown",
          "Two platforms, one in a folder elsewhere",
        )
        .example(
          "$0 analyze debian12-docker20 --format json | jq '.platforms[0].conditions[0].metrics.total_ms'",
          "All numbers, unrounded",
        ),
    ({ platforms, results, format, "without-outliers": withoutOutliers }) => {
      const { subjects, unread } = readEach(platforms, results, 1);
      print(renderAnalysis(analysisOf(subjects, unread, { withoutOutliers }), format));
    },
  );

/** The commands that explain what was measured: parse → read → compute → print. */
import { stdout } from "node:process";
import type { Argv } from "yargs";
import { readPlatforms } from "./edges/read-results.ts";
import { defaultResultsFolder, toolVersion } from "./edges/repository.ts";
import { writeFiles } from "./edges/write.ts";
import { startupTiers } from "./figures/startup-tiers.ts";
import { FORMATS, type Format, renderSummary } from "./format/report.ts";
import { type Summary, summarisePlatform } from "./summarise-platform.ts";

/** Adds `analyze` and `figures`. Their handlers throw; whoever runs the parser prints the error once. */
export const addAnalysisCommands = (cli: Argv): Argv =>
  cli
    .command(
      "analyze <platforms..>",
      "Explain what was measured: medians, intervals, tiers and phases",
      (command) =>
        platformOptions(command)
          .option("format", { choices: FORMATS, default: "text" as const, describe: "What to print" })
          .example("$0 analyze docker20", "The platform in results/docker20, for the terminal")
          .example("$0 analyze docker20 ./copied/docker28 --format markdown", "Two platforms, one of them in a folder elsewhere")
          .example("$0 analyze docker20 --format json | jq '.platforms[0].experiments.startup'", "All numbers, unrounded"),
      ({ platforms, results, format }) => analyze(platforms, results, format),
    )
    .command(
      "figures <platforms..>",
      "Draw the tiers of every condition: Vega-Lite specification, SVG and PNG",
      (command) =>
        platformOptions(command)
          .option("out", { type: "string", requiresArg: true, default: "paper-figures", describe: "Folder for the files" })
          .example("$0 figures docker20", "Draw into paper-figures/")
          .example("$0 figures docker20 docker28 --out /tmp/figures", "Two platforms in one figure, elsewhere"),
      ({ platforms, results, out }) => drawFigures(platforms, results, out),
    );

const platformOptions = (command: Argv) =>
  command
    .positional("platforms", {
      type: "string",
      array: true,
      demandOption: true,
      describe: "Labels in the results folder, or paths of platforms' folders",
    })
    .option("results", {
      type: "string",
      requiresArg: true,
      default: defaultResultsFolder(),
      defaultDescription: "the repository's results/",
      describe: "Where labels are looked up",
    });

function analyze(platforms: readonly string[], results: string, format: Format): void {
  print(renderSummary(summarise(platforms, results), format));
}

async function drawFigures(platforms: readonly string[], results: string, out: string): Promise<void> {
  const { name, spec, leftOut } = startupTiers(summarise(platforms, results));
  // Loaded when something is drawn: every other command would wait a second for Vega.
  const { renderPng, renderSvg } = await import("./edges/render.ts");
  const svg = await renderSvg(spec, (message) => console.error(`warning: ${message}`));
  const files = writeFiles(out, {
    [`${name}.vl.json`]: `${JSON.stringify(spec, null, 2)}\n`,
    [`${name}.svg`]: svg,
    [`${name}.png`]: renderPng(svg),
  });
  for (const line of leftOut) console.error(`not drawn: ${line}`);
  print(files.map((file) => `${file}\n`).join(""));
}

/** A reader that has seen enough and gone (`| head`) is no failure of ours. */
function print(text: string): void {
  stdout.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  stdout.write(text);
}

function summarise(platforms: readonly string[], resultsFolder: string): Summary {
  const read = readPlatforms(platforms, { resultsFolder, toolVersion: toolVersion() });
  return { platforms: read.map(summarisePlatform) };
}

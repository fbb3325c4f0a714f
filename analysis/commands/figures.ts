/** `figures`: what the data allows, drawn into files. */
import { join } from "node:path";
import type { Argv } from "yargs";
import { MisuseError } from "../../research/misuse.ts";
import { writeFiles } from "../edges/drawing/write.ts";
import { FIGURE_NAMES, FIGURES, type FigureName } from "../figures/catalogue.ts";
import type { Drawing } from "../figures/parts/figure.ts";
import { platformOptions } from "./platform-options.ts";
import { complain, print } from "./print.ts";
import { readEach } from "./read-each.ts";

/** Adds the command; its handler throws. */
export const addFigures = (cli: Argv): Argv =>
  cli.command(
    "figures <platforms..>",
    "Draw every figure that the data allows: Vega-Lite specification, SVG, PNG, PDF and LaTeX table",
    (command) =>
      platformOptions(command)
        .option("only", { choices: FIGURE_NAMES, array: true, requiresArg: true, describe: "Draw only these figures" })
        .option("out", {
          type: "string",
          requiresArg: true,
          defaultDescription: "./paper-figures/LABEL",
          describe: "Folder for the files; required for several platforms",
        })
        .example("$0 figures debian12-docker20", "Draw into ./paper-figures/debian12-docker20")
        .example(
          "$0 figures debian12-docker20 debian12-docker20-suite --only startup-tiers --out /tmp/figures",
          "Two platforms in one figure, elsewhere",
        ),
    ({ platforms, results, only, out }) => drawFigures(platforms, results, only ?? FIGURE_NAMES, out),
  );

/** Draws what can be drawn and reports the rest. @throws Error when nothing can be drawn */
async function drawFigures(
  platforms: readonly string[],
  results: string,
  names: readonly FigureName[],
  out: string | undefined,
): Promise<void> {
  if (platforms.length > 1 && out === undefined)
    throw new MisuseError(`--out is required for several platforms (got ${platforms.length}): name a folder for their figures`);
  const { subjects } = readEach(platforms, results, 1);
  const drawn: [FigureName, Drawing][] = [];
  const absent: string[] = [];
  for (const name of new Set(names)) {
    const drawing = FIGURES[name](subjects);
    if ("absent" in drawing) absent.push(`${name}: ${drawing.absent}`);
    else drawn.push([name, drawing]);
    const missing = "absent" in drawing ? [drawing.absent] : drawing.leftOut;
    for (const line of missing) complain(`not drawn: ${name}: ${line}`);
  }
  if (drawn.length === 0) throw new Error(`nothing to draw: ${absent.join("; ")}`);
  // Loaded when something is drawn: every other command would wait a second for Vega.
  const { renderFigure } = await import("../edges/drawing/render-figure.ts");
  const folder = out ?? join("paper-figures", ...subjects.map(({ label }) => label));
  const written: string[] = [];
  for (const [name, drawing] of drawn) {
    const files = await renderFigure(name, drawing, (message) => complain(`warning: ${name}: ${message}`));
    written.push(...writeFiles(folder, files));
  }
  print(written.map((file) => `${file}\n`).join(""));
}

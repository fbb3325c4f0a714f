/** `figures`: what the data allows, drawn into files. */
import { join } from "node:path";
import type { Argv } from "yargs";
import { MisuseError } from "../../research/misuse.ts";
import { FORMATS, type Format } from "../edges/drawing/pictures.ts";
import { leftBehind, requireFolder, writeFiles } from "../edges/drawing/write.ts";
import { FIGURE_NAMES, FIGURES, type FigureName } from "../figures/catalogue.ts";
import { isLacking, leftOutInWords } from "../figures/page/left-out.ts";
import { count } from "../samples/numbers.ts";
import { platformOptions } from "./platform-options.ts";
import { complain, print } from "./print.ts";
import { readEach } from "./read-each.ts";

/** Adds the command; its handler throws. */
export const addFigures = (cli: Argv): Argv =>
  cli.command(
    "figures <platforms..>",
    "Draw every figure that the data allows: Vega-Lite specification, SVG, PNG, PDF, caption and LaTeX",
    (command) =>
      platformOptions(command)
        .option("only", { choices: FIGURE_NAMES, array: true, requiresArg: true, describe: "Draw only these figures" })
        .option("format", {
          choices: FORMATS,
          array: true,
          requiresArg: true,
          default: FORMATS,
          defaultDescription: "all",
          describe: "Write only these pictures, beside specification and caption; LaTeX comes with pdf",
        })
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
    ({ platforms, results, only, format, out }) => drawFigures(platforms, results, only, format, out),
  );

/** Draws what can be drawn and reports the rest. @throws Error when nothing can be drawn */
async function drawFigures(
  platforms: readonly string[],
  results: string,
  only: readonly FigureName[] | undefined,
  formats: readonly Format[],
  out: string | undefined,
): Promise<void> {
  const names = only ?? FIGURE_NAMES;
  if (platforms.length > 1 && out === undefined)
    throw new MisuseError(`--out is required for several platforms (got ${platforms.length}): name a folder for their figures`);
  if (out !== undefined) requireFolder(out);
  // Another thread loads Vega while this one computes what is to be drawn.
  const { startDrawer } = await import("../edges/drawing/drawer.ts");
  using drawer = startDrawer(formats);
  const { renderFigure } = await import("../edges/drawing/render-figure.ts");
  const { subjects } = readEach(platforms, results, 1, true);
  const folder = out ?? join("paper-figures", ...subjects.map(({ label }) => label));
  const written: Promise<string[]>[] = [];
  const absent: string[] = [];
  const earlier: string[] = [];
  // By platform: the figures that it is not part of.
  const without = new Map<string, number>();
  for (const name of new Set(names)) {
    const drawing = FIGURES[name](subjects);
    if ("absent" in drawing) absent.push(`${name}: ${drawing.absent}`);
    else {
      const files = renderFigure(name, drawing, drawer.draw, (message) => complain(`warning: ${name}: ${message}`));
      written.push(
        files.then((each) => {
          const paths = writeFiles(folder, each);
          earlier.push(...leftBehind(folder, name, paths));
          return paths;
        }),
      );
      for (const left of drawing.leftOut) {
        if (only === undefined && isLacking(left)) without.set(left.platform, (without.get(left.platform) ?? 0) + 1);
        else complain(`not drawn: ${name}: ${leftOutInWords(left)}`);
      }
    }
  }
  // Of what nobody asked for one line is enough.
  if (written.length > 0 && only !== undefined) for (const line of absent) complain(`not drawn: ${line}`);
  else if (written.length > 0 && absent.length > 0)
    complain(
      `not drawn: ${count(absent.length, "figure")} of what was not measured here; --only NAME says what one of them needs`,
    );
  for (const [label, figures] of without)
    complain(`not drawn: ${label} in ${count(figures, "figure")} of what it did not measure; --only NAME says what`);
  if (written.length === 0) throw new Error(`nothing to draw: ${absent.join("; ")}`);
  const paths = (await Promise.all(written)).flat();
  const [old] = earlier.sort();
  if (old !== undefined) {
    const more = earlier.length === 1 ? "" : ` and ${earlier.length - 1} more`;
    complain(`not redrawn: ${old}${more} in ${folder}: of an earlier drawing, which may show something else`);
  }
  print(paths.map((file) => `${file}\n`).join(""));
}

/** The files of a figure, by name: specification, pictures and table. */
import stringify from "json-stringify-pretty-compact";
import type { Drawing } from "../../figures/parts/figure.ts";
import { renderLatex } from "../../format/document/latex.ts";
import { renderPictures } from "./render.ts";

export async function renderFigure(
  name: string,
  { spec, tables }: Drawing,
  warn: (message: string) => void,
): Promise<Record<string, string | Uint8Array>> {
  const { svg, png, pdf } = await renderPictures(spec, warn);
  return {
    [`${name}.vl.json`]: `${stringify(spec, { maxLength: 160 })}\n`,
    [`${name}.svg`]: svg,
    [`${name}.png`]: png,
    [`${name}.pdf`]: pdf,
    [`${name}.tex`]: renderLatex(tables),
  };
}

/** The files of a figure, by name: specification, pictures and table. */
import stringify from "json-stringify-pretty-compact";
import type { Drawing } from "../figures/figure.ts";
import { renderLatex } from "../format/latex.ts";
import { renderPng, renderSvg } from "./render.ts";
import { renderPdf } from "./render-pdf.ts";

export async function renderFigure(
  name: string,
  { spec, tables }: Drawing,
  warn: (message: string) => void,
): Promise<Record<string, string | Uint8Array>> {
  const svg = await renderSvg(spec, warn);
  const [png, pdf] = await Promise.all([renderPng(svg), renderPdf(svg, warn)]);
  return {
    [`${name}.vl.json`]: `${stringify(spec, { maxLength: 160 })}\n`,
    [`${name}.svg`]: svg,
    [`${name}.png`]: png,
    [`${name}.pdf`]: pdf,
    [`${name}.tex`]: renderLatex(tables),
  };
}

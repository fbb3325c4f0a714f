/** The files of a figure, by name: of each page specification and pictures, and of all of them caption and table. */
import stringify from "json-stringify-pretty-compact";
import type { Drawing } from "../../figures/parts/figure.ts";
import { renderFigureLatex } from "../../format/document/latex.ts";
import { type CompiledPage, compilePage } from "./compile-page.ts";
import type { Chosen } from "./pictures.ts";

type Files = Record<string, string | Uint8Array>;

/** What of a figure gets into files. */
type Printed = Pick<Drawing, "title" | "caption" | "pages" | "tables">;

/** In some formats, or all. */
export type DrawPage = (page: CompiledPage, warn: (message: string) => void) => Promise<Chosen>;

/** All pages are compiled before this returns, and drawn as `draw` sees fit. */
export async function renderFigure(
  name: string,
  drawing: Printed,
  draw: DrawPage,
  warn: (message: string) => void,
): Promise<Files> {
  const names = drawing.pages.map((_, index) => pageName(name, index));
  const drawn = Promise.all(drawing.pages.map((page) => draw(compilePage(page, warn), warn)));
  // What is text is made while another thread draws.
  const specifications = drawing.pages.map(({ spec }) => `${stringify(spec, { maxLength: 160 })}\n`);
  const latex = renderFigureLatex(
    drawing.pages.map(({ width_px }, index) => ({ file: `${names[index]}.pdf`, wide: width_px > 400 })),
    captionOf(drawing),
    drawing.tables,
  );
  const files: Files = {};
  for (const [index, { svg, png, pdf }] of (await drawn).entries()) {
    const file = names[index] as string;
    files[`${file}.vl.json`] = specifications[index] as string;
    if (svg !== undefined) files[`${file}.svg`] = svg;
    if (png !== undefined) files[`${file}.png`] = png;
    if (pdf !== undefined) files[`${file}.pdf`] = pdf;
  }
  files[`${name}.caption.txt`] = `${captionOf(drawing)}\n`;
  // It includes the PDF.
  if (`${name}.pdf` in files) files[`${name}.tex`] = latex;
  return files;
}

/** `NAME`, `NAME-2` … */
export const pageName = (name: string, index: number): string => (index === 0 ? name : `${name}-${index + 1}`);

const captionOf = ({ title, caption }: Printed): string => `${title}. ${caption}`.replaceAll("\u00a0", " ");

/** The files of a figure, by name: of each page specification and pictures, and of all of them caption and table. */
import stringify from "json-stringify-pretty-compact";
import type { Drawing } from "../../figures/parts/figure.ts";
import { renderFigureLatex } from "../../format/document/latex.ts";
import { renderPictures } from "./render.ts";

export type Files = Record<string, string | Uint8Array>;

/** What of a figure gets into files; data alone, which another thread can be given. */
export type Printed = Pick<Drawing, "title" | "caption" | "pages" | "tables">;

export async function renderFigure(name: string, drawing: Printed, warn: (message: string) => void): Promise<Files> {
  const files: Files = {};
  const names = drawing.pages.map((_, index) => pageName(name, index));
  for (const [index, page] of drawing.pages.entries()) {
    const { svg, png, pdf } = await renderPictures(page, warn);
    const file = names[index] as string;
    files[`${file}.vl.json`] = `${stringify(page.spec, { maxLength: 160 })}\n`;
    files[`${file}.svg`] = svg;
    files[`${file}.png`] = png;
    files[`${file}.pdf`] = pdf;
  }
  files[`${name}.caption.txt`] = `${captionOf(drawing)}\n`;
  files[`${name}.tex`] = renderFigureLatex(
    drawing.pages.map(({ width_px }, index) => ({ file: `${names[index]}.pdf`, wide: width_px > 400 })),
    captionOf(drawing),
    drawing.tables,
  );
  return files;
}

/** `NAME`, `NAME-2` … */
export const pageName = (name: string, index: number): string => (index === 0 ? name : `${name}-${index + 1}`);

const captionOf = ({ title, caption }: Printed): string => `${title}. ${caption}`.replaceAll("\u00a0", " ");

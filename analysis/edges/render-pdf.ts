/** SVG → PDF for LaTeX: vector, with the letters that it uses embedded. */
import PDFDocument from "pdfkit";
import SVGtoPDF from "svg-to-pdfkit";
import { COLUMN_INCHES, COLUMN_PX } from "../figures/theme.ts";
import { FONT_FILES } from "./fonts.ts";

/** A point is 1/72 inch. */
const POINTS_PER_PX = (COLUMN_INCHES * 72) / COLUMN_PX;

/**
 * One page as large as the picture; the same bytes for the same SVG, as no date is written into it.
 * @param warn is told what in the SVG can not be drawn
 */
export function renderPdf(svg: string, warn: (message: string) => void): Promise<Uint8Array> {
  const [, width, height] = /^<svg [^>]*width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) throw new Error(`expected an SVG with its size, got ${svg.slice(0, 200)}`);
  const size: [number, number] = [Number(width) * POINTS_PER_PX, Number(height) * POINTS_PER_PX];
  // pdfkit computes with the date (the file's id is made of it), so it is there, but no key that would be written.
  const document = new PDFDocument({ size, margin: 0, font: FONT_FILES.normal, info: { CreationDate: new Date(0) } });
  Object.defineProperty(document.info, "CreationDate", { enumerable: false });
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
    document.on("end", () => resolve(Buffer.concat(chunks)));
    SVGtoPDF(document, svg, 0, 0, {
      fontCallback: (_family, bold) => (bold ? FONT_FILES.bold : FONT_FILES.normal),
      warningCallback: warn,
    });
    document.end();
  });
}

/** How wide text is in our fonts. */
import PDFDocument from "pdfkit";
import { FONT_FILES } from "./fonts.ts";

const page = new PDFDocument({ autoFirstPage: false, font: FONT_FILES.normal });

/** Widths at size 1, as they are asked for again and again. */
const widths = new Map<string, number>();

/** In the unit of the size, kerning included. */
export function textWidth(text: string, size: number, weight: keyof typeof FONT_FILES): number {
  const key = `${weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = page.font(FONT_FILES[weight], 1).widthOfString(text);
    widths.set(key, width);
  }
  return width * size;
}

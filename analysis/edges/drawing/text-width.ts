/** How wide text is in our fonts. */
import { createCanvas } from "@napi-rs/canvas";
import { FONT_FAMILY } from "../../figures/parts/theme.ts";
import { fontFor } from "./fonts.ts";

/** As many as the fonts have units to an em, so that no width is rounded. */
const MEASURED_PX = 2048;

const context = createCanvas(1, 1).getContext("2d");
context.lang = "en"; // else letters are spaced as in the machine's language

/** Widths at size 1, as they are asked for again and again. */
const widths = new Map<string, number>();

/** In the unit of the size, kerning included. */
export function textWidth(text: string, size: number, weight: "normal" | "bold"): number {
  const key = `${weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context.font = fontFor(text, `${weight} ${MEASURED_PX}px ${FONT_FAMILY}`);
    width = context.measureText(text).width / MEASURED_PX;
    widths.set(key, width);
  }
  return width * size;
}

/** A sample as dots beside and above one another (Wilkinson, "Dot plots", The American Statistician 53(3), 1999). */
import { quantile } from "../../statistics/one-sample/quantile.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { AxisScale } from "./axis-scale.ts";
import { toPx } from "./axis-scale.ts";

/** Of more trials as many quantiles are shown: a quantile dot plot has the same shape. */
export const MOST_DOTS = 200;
const DOT_PX = 2.6;

export interface Dot {
  readonly value: number;
  /** From the middle of the strip, downwards. */
  readonly offset_px: number;
}

/** Every value a dot, at its place on the scale; what would fall on one another is spread over the strip's height. */
export function stackDots(values: readonly number[], scale: AxisScale, heightPx: number): Dot[] {
  const shown = atMost(values);
  const columns: number[][] = [];
  let begin = Number.NEGATIVE_INFINITY;
  for (const value of shown) {
    const at = toPx(scale, value);
    if (at - begin >= DOT_PX) {
      columns.push([]);
      begin = at;
    }
    columns.at(-1)?.push(value);
  }
  const tallest = Math.max(...columns.map((column) => column.length));
  const step = Math.min(DOT_PX, heightPx / tallest);
  return columns.flatMap((column) =>
    column.map((value, place) => ({ value, offset_px: round((place - (column.length - 1) / 2) * step) })),
  );
}

/** The values in ascending order, or as many quantiles as there may be dots. */
export function atMost(values: readonly number[]): readonly number[] {
  const samples = sortedSamples(values);
  if (samples.length <= MOST_DOTS) return samples;
  return Array.from({ length: MOST_DOTS }, (_, place) => quantile(samples, (place + 0.5) / MOST_DOTS));
}

/** A hundredth of a pixel is not seen, and a file without twelve digits more is half as long. */
const round = (px: number): number => Math.round(px * 100) / 100 + 0;

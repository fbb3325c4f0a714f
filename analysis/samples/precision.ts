/** How precisely a median is known, and how much more it would take. */
import { z } from "zod";
import { iterationsNeeded } from "../statistics/one-sample/iterations-needed.ts";
import { relativeHalfWidth } from "../statistics/one-sample/relative-half-width.ts";
import type { SortedSamples } from "../statistics/sorted-samples.ts";

export const precisionSchema = z.object({
  half_width_pct: z.number().nullable().describe("half the interval of the median, in per cent of the median"),
  trials_for_2_pct: z.number().nullable().describe("trials, those made included, that would bring it to 2 %: a forecast"),
});
export type Precision = Readonly<z.infer<typeof precisionSchema>>;

const TARGET = 0.02;

export function precision(samples: SortedSamples): Precision {
  const width = relativeHalfWidth(samples);
  return { half_width_pct: width === null ? null : 100 * width, trials_for_2_pct: iterationsNeeded(samples, TARGET) };
}

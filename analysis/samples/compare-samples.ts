/** Two samples of one metric, by Hodges and Lehmann's estimators: how much they differ, and with what certainty. */
import * as z from "zod";
import { hodgesLehmann } from "../statistics/effects/hodges-lehmann.ts";
import { ratio } from "../statistics/effects/ratio.ts";
import { ratioEquivalence } from "../statistics/effects/ratio-equivalence.ts";
import type { Interval } from "../statistics/interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { rankDifference, sampleDifference } from "./sample-difference.ts";

/** Ratios within it make no practical difference; declared before anything is measured. */
export const EQUIVALENCE_BAND: Interval = [1 / 1.05, 1.05];

export const sampleComparison = sampleDifference.extend({
  ratio: sampleDifference.shape.ratio.describe("Hodges-Lehmann on logarithms; null when a value is not positive"),
  shift: sampleDifference.shape.shift.describe("Hodges-Lehmann, in the metric's unit"),
  equivalent: z.boolean().nullable().describe("whether the 90 % interval of the ratio lies within 5 %; null without a ratio"),
});
export type SampleComparison = Readonly<z.infer<typeof sampleComparison>>;

/** @param a not empty, finite @param b likewise */
export function compareSamples(a: readonly number[], b: readonly number[]): SampleComparison {
  const [sortedA, sortedB] = [sortedSamples(a), sortedSamples(b)];
  const positive = (sortedA[0] as number) > 0 && (sortedB[0] as number) > 0;
  const factor = positive ? ratio(sortedA, sortedB) : null;
  const shift = hodgesLehmann(sortedA, sortedB);
  return {
    n_a: a.length,
    n_b: b.length,
    ratio: factor?.ratio ?? null,
    ratio_ci: factor?.interval ?? null,
    shift: shift.shift,
    shift_ci: shift.interval,
    ...rankDifference(sortedA, sortedB),
    equivalent: positive ? ratioEquivalence(sortedA, sortedB, EQUIVALENCE_BAND).equivalent : null,
  };
}

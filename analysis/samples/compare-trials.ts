/**
 * The trials of two platforms as if each were one population: what these sessions showed. It knows nothing of how sessions
 * differ, so it says how large a difference was, never that there is one.
 */
import type { z } from "zod";
import { differenceOfMediansInterval } from "../statistics/effects/difference-of-medians.ts";
import { median } from "../statistics/one-sample/median.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";
import { rankDifference, sampleDifference } from "./sample-difference.ts";

export const trialComparison = sampleDifference
  .extend({
    ratio: sampleDifference.shape.ratio.describe("of the medians; null when a value is not positive"),
    ratio_ci: sampleDifference.shape.ratio_ci.describe("from order statistics, on logarithms; null below six trials a side"),
    shift: sampleDifference.shape.shift.describe("median of a less median of b, in the metric's unit"),
  })
  .describe("what these trials showed, which says nothing of other sessions");
export type TrialComparison = Readonly<z.infer<typeof trialComparison>>;

/** @param a not empty, finite @param b likewise */
export function compareTrials(a: readonly number[], b: readonly number[]): TrialComparison {
  const [sortedA, sortedB] = [sortedSamples(a), sortedSamples(b)];
  return {
    n_a: a.length,
    n_b: b.length,
    ...ratioOf(sortedA, sortedB),
    shift: median(sortedA) - median(sortedB),
    shift_ci: differenceOfMediansInterval(sortedA, sortedB),
    ...rankDifference(sortedA, sortedB),
  };
}

function ratioOf(a: SortedSamples, b: SortedSamples): Pick<TrialComparison, "ratio" | "ratio_ci"> {
  if (!((a[0] as number) > 0 && (b[0] as number) > 0)) return { ratio: null, ratio_ci: null };
  const ends = differenceOfMediansInterval(sortedSamples(a.map(Math.log)), sortedSamples(b.map(Math.log)));
  return { ratio: median(a) / median(b), ratio_ci: ends && [Math.exp(ends[0]), Math.exp(ends[1])] };
}

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { CONFIDENCE, type Interval } from "../interval.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { largestOrder } from "../tests/arrangements.ts";
import { LARGEST_EXACT_SIGNED_RANKS, signedRankArrangements } from "../tests/signed-rank-distribution.ts";
import { type Pair, pairedDifferences } from "./paired-differences.ts";
import { kthSmallest, medianValue } from "./sorted-matrix.ts";

export interface WalshAverage {
  /** How far a lies above b within a pair, in the unit of the pairs. */
  readonly pseudomedian: number;
  /** `null` below six pairs (at 95 %): not even the extreme differences reach the confidence. */
  readonly interval: Interval | null;
  /** Where the interval's order k comes from. */
  readonly method: "exact" | "normal";
}

/**
 * Shift within pairs: the median of the n(n + 1)/2 Walsh averages (dᵢ + dⱼ)/2, i ≤ j, of the differences d = a − b (Hodges
 * and Lehmann, "Estimates of location based on rank tests", Ann. Math. Statist. 34(2), 1963), with the interval W(k) …
 * W(n(n + 1)/2 + 1 − k) of the ordered averages (Tukey; Hollander and Wolfe, "Nonparametric Statistical Methods", 2nd ed.
 * 1999, section 3.3). It assumes independent pairs with symmetric differences. Up to n = 50, k is the largest for which
 * the signed-rank distribution keeps the confidence; above, ⌊n(n + 1)/4 − z·√(n(n + 1)(2n + 1)/24)⌋. Zeros stay and ties do
 * not change k: they only make the closed interval surer (Noether, JASA 62, 1967). O(n log range).
 * @throws RangeError when there is no pair, or one with NaN or an infinity
 */
export function walshAverage(pairs: readonly Pair[], confidence: number = CONFIDENCE): WalshAverage {
  const differences = sortedSamples(pairedDifferences(pairs));
  const n = differences.length;
  const size = (n * (n + 1)) / 2;
  const averages = {
    rows: n,
    columns: n,
    firstColumn: (row: number) => row,
    value: (row: number, column: number) => ((differences[row] as number) + (differences[column] as number)) / 2,
  };
  const method = n <= LARGEST_EXACT_SIGNED_RANKS ? "exact" : "normal";
  const k = method === "exact" ? largestOrder(signedRankArrangements(n), confidence) : normalOrder(n, confidence);
  return {
    pseudomedian: medianValue(averages, size),
    interval: k < 1 ? null : [kthSmallest(averages, k), kthSmallest(averages, size + 1 - k)],
    method,
  };
}

const normalOrder = (n: number, confidence: number): number =>
  Math.floor((n * (n + 1)) / 4 - normalQuantile((1 + confidence) / 2, 0, 1) * Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24));

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { CONFIDENCE, type Interval } from "../interval.ts";
import type { SortedSamples } from "../sorted-samples.ts";
import { kthSmallest, medianValue } from "./sorted-matrix.ts";

export interface HodgesLehmann {
  /** How far a lies above b, in the unit of the samples. */
  readonly shift: number;
  /** `null` when the samples are too small for the confidence: not even the extreme differences reach it. */
  readonly interval: Interval | null;
}

/**
 * Shift between two samples: the median of the n·m differences a − b (Hodges and Lehmann, "Estimates of location based
 * on rank tests", Ann. Math. Statist. 34(2), 1963), with the interval D(k) … D(nm + 1 − k) of the ordered differences
 * (Moses; Hollander and Wolfe, "Nonparametric Statistical Methods", 2nd ed. 1999, section 4.3). It assumes independent
 * observations and two distributions of one shape. k = ⌊nm/2 − z·√(nm(n + m + 1)/12)⌋, which for small samples is at most
 * the order that the exact distribution of U would allow, so that the interval there covers a little more than it claims.
 * Ties do not change k: they only make the closed interval surer (Noether, "Wilcoxon confidence intervals for location
 * parameters in the discrete case", JASA 62, 1967).
 * The differences are never written down: O((n + m) log range).
 */
export function hodgesLehmann(a: SortedSamples, b: SortedSamples, confidence: number = CONFIDENCE): HodgesLehmann {
  const pairs = a.length * b.length;
  const differences = {
    rows: a.length,
    columns: b.length,
    firstColumn: () => 0,
    value: (row: number, column: number) => (a[row] as number) - (b[b.length - 1 - column] as number),
  };
  const k = order(a.length, b.length, confidence);
  return {
    shift: medianValue(differences, pairs),
    interval: k < 1 ? null : [kthSmallest(differences, k), kthSmallest(differences, pairs + 1 - k)],
  };
}

const order = (n: number, m: number, confidence: number): number =>
  Math.floor((n * m) / 2 - normalQuantile((1 + confidence) / 2, 0, 1) * Math.sqrt((n * m * (n + m + 1)) / 12));

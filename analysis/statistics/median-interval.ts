import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { CONFIDENCE, type Interval } from "./interval.ts";
import type { SortedSamples } from "./sorted-samples.ts";

/** 1 − 2·2⁻⁵ = 93.75 %, 1 − 2·2⁻⁶ = 96.9 %. */
export const MINIMUM_FOR_MEDIAN_INTERVAL = 6;

export interface MedianInterval {
  readonly interval: Interval;
  /** Exact probability of covering the median of a continuous distribution: at least 0.95, as orders are whole. */
  readonly coverage: number;
}

/**
 * Exact, distribution-free confidence interval of the median between two order statistics, [x₍ₖ₎, x₍ₙ₊₁₋ₖ₎] with the
 * largest k for which both tails of Binomial(n, ½) are at most 2.5 % (Conover, "Practical Nonparametric Statistics",
 * 3rd ed. 1999, section 3.2), in the unit of the samples. It assumes independent observations, and no shape.
 * `null` below n = 6, where not even [minimum, maximum] reaches 95 %.
 */
export function medianInterval(samples: SortedSamples): MedianInterval | null {
  const n = samples.length;
  const k = largestOrder(n);
  if (k === 0) return null;
  const interval = [samples[k - 1] as number, samples[n - k] as number] as const;
  return { interval, coverage: 1 - 2 * tail(k, n) };
}

/** P(fewer than k of n observations lie below the median). */
const tail = (k: number, n: number): number => binomialCdf(k - 1, n, 0.5);

/** The largest k with tail(k) ≤ 2.5 %, or 0; found by halving, as the tail grows with k. */
function largestOrder(n: number): number {
  let [enough, tooMany] = [0, Math.floor(n / 2) + 1];
  while (tooMany - enough > 1) {
    const k = Math.floor((enough + tooMany) / 2);
    if (tail(k, n) <= (1 - CONFIDENCE) / 2) enough = k;
    else tooMany = k;
  }
  return enough;
}

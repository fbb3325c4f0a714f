import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { CONFIDENCE, type Interval } from "../interval.ts";
import type { SortedSamples } from "../sorted-samples.ts";

/** Below it there is no 95 % interval of the median: 1 − 2·2⁻⁵ = 93.75 %, 1 − 2·2⁻⁶ = 96.9 %. */
export const MINIMUM_FOR_MEDIAN_INTERVAL = 6;

export interface QuantileInterval {
  readonly interval: Interval;
  /** Exact probability of covering the quantile of a continuous distribution: at least the confidence asked for. */
  readonly coverage: number;
}

/**
 * Exact, distribution-free confidence interval of the p-quantile between two order statistics, [x₍ₗ₎, x₍ᵤ₎] with the
 * largest l and the smallest u for which each tail of Binomial(n, p) is at most half of what the confidence leaves
 * (Conover, "Practical Nonparametric Statistics", 3rd ed. 1999, section 3.2), in the unit of the samples. It assumes
 * independent observations, and no shape. `null` where an end would be infinite: where not even the minimum lies below,
 * or the maximum above, often enough. At 95 % the median needs n ≥ 6, the 99th percentile n ≥ 368.
 * @param p probability, strictly between 0 and 1
 * @throws RangeError when p or the confidence is not strictly between 0 and 1
 */
export function quantileInterval(samples: SortedSamples, p: number, confidence = CONFIDENCE): QuantileInterval | null {
  if (!(p > 0 && p < 1)) throw new RangeError(`not strictly between 0 and 1: p = ${p}`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`not strictly between 0 and 1: confidence = ${confidence}`);
  const ranks = ranksOf(samples.length, p, confidence);
  if (ranks === null) return null;
  const { lower, upper, coverage } = ranks;
  return { interval: [samples[lower - 1] as number, samples[upper - 1] as number], coverage };
}

interface Ranks {
  readonly lower: number;
  readonly upper: number;
  readonly coverage: number;
}

/** Samples of a run have few sizes, and the same ranks each time. */
const known = new Map<string, Ranks | null>();

/** Which observations are the ends, from 1. */
function ranksOf(n: number, p: number, confidence: number): Ranks | null {
  const key = `${n} ${p} ${confidence}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const tail = (1 - confidence) / 2;
  /** P(the k-th observation lies above the quantile) = P(fewer than k of n lie below it). */
  const above = (k: number): number => binomialCdf(k - 1, n, p);
  const lower = firstRank(n, (k) => above(k) > tail) - 1;
  const upper = firstRank(n, (k) => 1 - above(k) <= tail);
  const ranks = lower < 1 || upper > n ? null : { lower, upper, coverage: above(upper) - above(lower) };
  known.set(key, ranks);
  return ranks;
}

/** The smallest of 1 … n for which `holds`, or n + 1; found by halving, as what holds for a rank holds for every higher one. */
function firstRank(n: number, holds: (k: number) => boolean): number {
  let [low, high] = [1, n + 1];
  while (low < high) {
    const k = Math.floor((low + high) / 2);
    if (holds(k)) high = k;
    else low = k + 1;
  }
  return low;
}

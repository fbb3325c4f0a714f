import { sum } from "../sum.ts";
/**
 * The exact null distribution of a rank statistic: how many of all equally likely arrangements give the value 0, 1, 2 …
 * Whole numbers below 2⁵³, therefore exact.
 */
export type Arrangements = readonly number[];

/** Twice the smaller tail of a whole value, at most 1: the two-sided p-value of R's `wilcox.test(exact = TRUE)`. */
export function twoSidedP(arrangements: Arrangements, value: number): number {
  const [lower, upper] = [sum(arrangements.slice(0, value + 1)), sum(arrangements.slice(value))];
  return Math.min(1, (2 * Math.min(lower, upper)) / sum(arrangements));
}

/**
 * The largest k for which the k-th lowest to the k-th highest value of an ordered table keeps the confidence, 1 −
 * 2P(statistic ≤ k − 1); 0 if not even k = 1 does.
 */
export function largestOrder(arrangements: Arrangements, confidence: number): number {
  const total = sum(arrangements);
  let [k, outside] = [0, 2 * (arrangements[0] as number)];
  while (1 - outside / total >= confidence) {
    k += 1;
    outside += 2 * (arrangements[k] as number);
  }
  return k;
}

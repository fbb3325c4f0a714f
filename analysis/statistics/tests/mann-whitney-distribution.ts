import type { Arrangements } from "./arrangements.ts";

/** Above this n·m the normal approximation is taken; up to it, every count is below 2⁵³ (C(40, 20) is 1.4 · 10¹¹). */
export const LARGEST_EXACT_PAIRS = 400;

/**
 * In how many of the C(n + m, n) orders of two samples without ties U is 0, 1, … n·m (Mann and Whitney, "On a test of
 * whether one of two random variables is stochastically larger than the other", Ann. Math. Statist. 18(1), 1947).
 * Their generating function is the Gaussian binomial ∏ᵢ (1 − qᵐ⁺ⁱ)/(1 − qⁱ), i = 1 … n (Andrews, "The Theory of
 * Partitions", 1976, chapter 3); each factor is one pass of the dynamic programme down the table and one up.
 */
export function mannWhitneyArrangements(n: number, m: number): Arrangements {
  const counts = new Array<number>(n * m + 1).fill(0);
  counts[0] = 1;
  for (let i = 1; i <= n; i += 1) {
    for (let u = n * m; u >= m + i; u -= 1) counts[u] = at(counts, u) - at(counts, u - m - i);
    for (let u = i; u <= n * m; u += 1) counts[u] = at(counts, u) + at(counts, u - i);
  }
  return counts;
}

/**
 * The same with ties: in how many of the C(n + m, n) choices of n of the pooled midranks 2U is 0, 1, … 2nm (the conditional
 * distribution: Lehmann, "Nonparametrics", 1975, section 1.4). Twice U, because midranks come in halves.
 * @param ranks midranks of the pooled observations @param n how many of them are the first sample's
 */
export function tiedMannWhitneyArrangements(ranks: readonly number[], n: number): Arrangements {
  // Above the smallest sum that n ranks can have, so that the index is 2U. No rank is below 1.
  const lowest = n * (n + 1);
  const highest = 2 * n * (ranks.length - n);
  const counts = Array.from({ length: n + 1 }, () => new Float64Array(lowest + highest + 1));
  (counts[0] as Float64Array)[0] = 1;
  for (const rank of ranks) {
    for (let chosen = n; chosen >= 1; chosen -= 1) {
      const [into, from] = [counts[chosen] as Float64Array, counts[chosen - 1] as Float64Array];
      for (let sum = lowest + highest; sum >= 2 * rank; sum -= 1)
        into[sum] = (into[sum] as number) + (from[sum - 2 * rank] as number);
    }
  }
  return [...(counts[n] as Float64Array).subarray(lowest)];
}

const at = (counts: readonly number[], index: number): number => counts[index] as number;

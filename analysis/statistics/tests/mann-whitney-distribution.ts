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

const at = (counts: readonly number[], index: number): number => counts[index] as number;

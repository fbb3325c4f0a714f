import type { Arrangements } from "./arrangements.ts";

/** Above this n the normal approximation is taken; up to it, every count is below 2⁵³ (there are 2⁵⁰ arrangements). */
export const LARGEST_EXACT_SIGNED_RANKS = 50;

/**
 * In how many of the 2ⁿ signings of the ranks the positive ones sum to 0, 1, … (Wilcoxon, "Individual comparisons by ranking
 * methods", Biometrics Bulletin 1(6), 1945): with each rank, a sum is reached without it or with it.
 * @param ranks whole numbers; midranks, which come in halves, are given doubled
 */
export function signingsOf(ranks: readonly number[]): Arrangements {
  const largest = ranks.reduce((sum, rank) => sum + rank, 0);
  const counts = new Float64Array(largest + 1);
  counts[0] = 1;
  for (const rank of ranks) {
    for (let sum = largest; sum >= rank; sum -= 1) counts[sum] = (counts[sum] as number) + (counts[sum - rank] as number);
  }
  return counts;
}

const ofFirst = new Map<number, Arrangements>();

/** The same of the ranks 1 … n. */
export function signedRankArrangements(n: number): Arrangements {
  const known = ofFirst.get(n) ?? signingsOf(Array.from({ length: n }, (_, index) => index + 1));
  ofFirst.set(n, known);
  return known;
}

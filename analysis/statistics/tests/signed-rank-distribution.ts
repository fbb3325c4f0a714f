import type { Arrangements } from "./arrangements.ts";

/** Above this n the normal approximation is taken; up to it, every count is below 2⁵³ (there are 2⁵⁰ arrangements). */
export const LARGEST_EXACT_SIGNED_RANKS = 50;

/**
 * In how many of the 2ⁿ signings of the ranks 1 … n the positive ones sum to 0, 1, … n(n + 1)/2 (Wilcoxon, "Individual
 * comparisons by ranking methods", Biometrics Bulletin 1(6), 1945): with each rank, a sum is reached without it or with it.
 */
export function signedRankArrangements(n: number): Arrangements {
  const largest = (n * (n + 1)) / 2;
  const counts = new Array<number>(largest + 1).fill(0);
  counts[0] = 1;
  for (let rank = 1; rank <= n; rank += 1) {
    for (let sum = largest; sum >= rank; sum -= 1) counts[sum] = (counts[sum] as number) + (counts[sum - rank] as number);
  }
  return counts;
}

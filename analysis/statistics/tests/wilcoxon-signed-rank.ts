import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { type Pair, pairedDifferences } from "../effects/paired-differences.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { twoSidedP } from "./arrangements.ts";
import { midranks, tieCorrection } from "./ranks.ts";
import { LARGEST_EXACT_SIGNED_RANKS, signedRankArrangements, signingsOf } from "./signed-rank-distribution.ts";

export interface WilcoxonSignedRank {
  /** Sum of the ranks of the pairs with a > b: 0 to n(n + 1)/2. */
  readonly w: number;
  /** Pairs that differ. */
  readonly n: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: "exact" | "normal";
}

/**
 * Do the differences a − b of pairs lie around zero? (Wilcoxon, "Individual comparisons by ranking methods", Biometrics
 * Bulletin 1(6), 1945.) Pairs without a difference are dropped, as he does; equal ones share their midrank. Exact for at
 * most 50 differing pairs, with ties given the ties; else normal with the variance corrected for ties and ½ for continuity (Hollander
 * and Wolfe, "Nonparametric Statistical Methods", 2nd ed. 1999, section 3.1). When no pair differs, p = 1.
 * @throws RangeError when there is no pair, or one with NaN or an infinity
 */
export function wilcoxonSignedRank(pairs: readonly Pair[]): WilcoxonSignedRank {
  const differences = pairedDifferences(pairs).filter((difference) => difference !== 0);
  const n = differences.length;
  if (n === 0) return { w: 0, n, p: 1, method: "exact" };
  const sizes = differences.map(Math.abs);
  const ranks = midranks(sizes);
  const w = ranks.reduce((sum, rank, index) => ((differences[index] as number) > 0 ? sum + rank : sum), 0);
  const ties = tieCorrection(sortedSamples(sizes));
  if (ties === 0 && n <= LARGEST_EXACT_SIGNED_RANKS) {
    return { w, n, p: twoSidedP(signedRankArrangements(n), w), method: "exact" };
  }
  if (n <= LARGEST_EXACT_SIGNED_RANKS) {
    return { w, n, p: twoSidedP(signingsOf(ranks.map((rank) => 2 * rank)), 2 * w), method: "exact" };
  }
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  const distance = Math.max(0, Math.abs(w - (n * (n + 1)) / 4) - 0.5);
  return { w, n, p: 2 * normalCdf(-distance / sd, 0, 1), method: "normal" };
}

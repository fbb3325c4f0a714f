import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";
import { sum } from "../sum.ts";
import { twoSidedP } from "./arrangements.ts";
import { LARGEST_EXACT_PAIRS, mannWhitneyArrangements, tiedMannWhitneyArrangements } from "./mann-whitney-distribution.ts";
import { placements } from "./placements.ts";
import { midranks, tieCorrection } from "./ranks.ts";

export interface MannWhitneyU {
  /** Pairs with a > b plus half of those with a = b: 0 to n·m. */
  readonly u: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: "exact" | "normal";
}

/** Limits of n·m: without ties, and with them. */
export interface ExactUpTo {
  readonly distinct: number;
  readonly tied: number;
}
const EXACT_UP_TO: ExactUpTo = { distinct: LARGEST_EXACT_PAIRS, tied: LARGEST_EXACT_PAIRS };

/**
 * Are the observations of one sample larger than those of the other more often than not? (Mann and Whitney, "On a test
 * of whether one of two random variables is stochastically larger than the other", Ann. Math. Statist. 18(1), 1947.)
 * Exact up to n·m = 400, with ties given the ties; else normal with the variance corrected for ties (Lehmann, "Nonparametrics", 1975,
 * section 1.4) and ½ for continuity. When all values are equal, every arrangement gives the same U: p = 1, exactly.
 * @param exactUpTo other limits of n·m for the exact distribution; its counts are exact while C(n + m, n) is below 2⁵³
 */
export function mannWhitneyU(a: SortedSamples, b: SortedSamples, exactUpTo: ExactUpTo = EXACT_UP_TO): MannWhitneyU {
  const [n, m] = [a.length, b.length];
  const pooled = sortedSamples([...a, ...b]);
  const u = sum(placements(a, b));
  if (pooled[0] === pooled.at(-1)) return { u, p: 1, method: "exact" };
  const ties = tieCorrection(pooled);
  if (ties === 0 && n * m <= exactUpTo.distinct) {
    return { u, p: twoSidedP(mannWhitneyArrangements(n, m), u), method: "exact" };
  }
  if (ties > 0 && n * m <= exactUpTo.tied) {
    return { u, p: twoSidedP(tiedMannWhitneyArrangements(midranks(pooled), n), 2 * u), method: "exact" };
  }
  const total = n + m;
  const sd = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  return { u, p: 2 * normalCdf(-distance / sd, 0, 1), method: "normal" };
}

import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";
import { sum } from "../sum.ts";
import { chiSquareTail } from "./chi-square-tail.ts";
import { placements } from "./placements.ts";
import { tieCorrection } from "./ranks.ts";

export interface KruskalWallis {
  /** Corrected for ties; 0 when all values are equal. */
  readonly h: number;
  /** Groups less one. */
  readonly df: number;
  /** Upper tail of chi-square. */
  readonly p: number;
}

/**
 * Do several samples come from one distribution? Asked before pairs are compared (Kruskal and Wallis, "Use of ranks in
 * one-criterion variance analysis", JASA 47, 1952). Midranks, corrected for ties; p by chi-square, good from about five
 * observations a group. When all values are equal, H = 0 and p = 1.
 * @throws RangeError for fewer than two groups
 */
export function kruskalWallis(groups: readonly SortedSamples[]): KruskalWallis {
  if (groups.length < 2) throw new RangeError(`Kruskal-Wallis compares two groups or more, got ${groups.length}`);
  const df = groups.length - 1;
  const pooled = sortedSamples(groups.flat());
  const total = pooled.length;
  if (pooled[0] === pooled.at(-1)) return { h: 0, df, p: 1 };
  let between = 0;
  for (const group of groups) {
    // A midrank among all is a placement among all, plus one half.
    const meanRank = sum(placements(group, pooled)) / group.length + 0.5;
    between += group.length * (meanRank - (total + 1) / 2) ** 2;
  }
  const h = ((12 / (total * (total + 1))) * between) / (1 - tieCorrection(pooled) / (total ** 3 - total));
  return { h, df, p: chiSquareTail(h, df) };
}

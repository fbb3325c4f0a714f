/** A regression gate: has a metric moved by more than a share, for certain? */
import type { Comparison } from "./compare.ts";

/**
 * The comparisons whose whole 95 % interval of the ratio lies beyond the band [1 / (1 + share), 1 + share]. Against a
 * reference only a change for the worse counts; without one, either platform may be the slower.
 * Of the metrics, the totals decide: a tier that grew while another shrank is no regression.
 */
export function beyondThreshold(comparisons: readonly Comparison[], share: number, againstReference: boolean): Comparison[] {
  return comparisons.filter(({ ratio_ci, better, metric, experiment }) => {
    if (ratio_ci === null || (experiment === "startup" && metric !== "total_ms")) return false;
    const [low, high] = ratio_ci;
    const [larger, smaller] = [low > 1 + share, high < 1 / (1 + share)];
    if (!againstReference) return larger || smaller;
    return better === "lower" ? larger : smaller;
  });
}

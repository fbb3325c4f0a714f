/** A regression gate: has a metric moved by more than a share, for certain? */
import { TIERS } from "../../research/phases.ts";
import type { Comparison, ComparisonReport } from "./compare.ts";

const TIER_METRICS: ReadonlySet<string> = new Set(TIERS.map((tier) => `${tier}_ms`));

/**
 * The comparisons whose whole 95 % interval of the ratio lies beyond the band [1 / (1 + share), 1 + share]. Against a
 * reference only a change for the worse counts; without one, either platform may be the slower, and where no direction is
 * the worse, both count. A tier does not decide: one that grew while another shrank is no regression.
 */
export function beyondThreshold(comparisons: readonly Comparison[], share: number, againstReference: boolean): Comparison[] {
  return comparisons.filter(({ ratio_ci, better, metric }) => {
    if (ratio_ci === null || TIER_METRICS.has(metric)) return false;
    const [low, high] = ratio_ci;
    const [larger, smaller] = [low > 1 + share, high < 1 / (1 + share)];
    if (!againstReference || better === null) return larger || smaller;
    return better === "lower" ? larger : smaller;
  });
}

/** What a gate can say nothing about, a line each: what could not be compared, or has no interval of a ratio. */
export const notJudged = ({ comparisons, not_compared }: Pick<ComparisonReport, "comparisons" | "not_compared">): string[] => [
  ...not_compared.map(({ a, b, what, reason }) => `${a} and ${b}, ${what}: ${reason}`),
  ...comparisons
    .filter(({ ratio_ci, metric }) => ratio_ci === null && !TIER_METRICS.has(metric))
    .map(
      ({ a, b, experiment, condition, metric, ratio }) =>
        `${a} and ${b}, ${experiment} ${condition} ${metric}: ${ratio === null ? "no ratio, as not every value is positive" : "too few trials for an interval"}`,
    ),
];

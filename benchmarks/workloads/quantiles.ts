/** Quantiles of a trial that is itself a series: order statistics, each of them one of the observations. */
import { type Nanoseconds, nanoseconds } from "../../research/units.ts";

/**
 * The smallest observation that at least the share `quantile` of all do not exceed (nearest rank; Hyndman and Fan 1996,
 * definition 1).
 * @param sorted ascending
 * @returns `null` without an observation
 */
export function nearestRank(sorted: readonly number[], quantile: number): Nanoseconds | null {
  const value = sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)];
  return value === undefined ? null : nanoseconds(value);
}

/** Shares of summed time: they add up, as the phases of every start add up to its total. */

import { bootstrapShares } from "../statistics/bootstrap/bootstrap-shares.ts";
import type { Interval } from "../statistics/interval.ts";
import { sum } from "../statistics/sum.ts";

/** In per cent; not a number when there is no time to share. */
export const sharePct = (part: number, whole: number): number => (100 * part) / whole;

/** Of more trials the interval is narrower than what is shown, and its resamples would fill the memory. */
export const MOST_TRIALS_FOR_INTERVAL = 2_000;
const REPLICATES = 2_000;
const SEED = 1;

/** @param parts of each trial, in ms */
export type ShareInterval = (parts: readonly number[]) => Interval | null;

/**
 * 95 % intervals of shares in per cent, of parts of these totals: BCa bootstrap, parts and totals resampled together, trial by
 * trial. `null` for fewer than two trials, for more than {@link MOST_TRIALS_FOR_INTERVAL}, and without time.
 * @param totals of each trial, in ms
 */
export function shareIntervals(totals: readonly number[]): ShareInterval {
  if (totals.length > MOST_TRIALS_FOR_INTERVAL || sum(totals) <= 0) return () => null;
  const intervalOf = bootstrapShares(totals, { seed: SEED, replicates: REPLICATES });
  return (parts) => {
    const interval = intervalOf?.(parts);
    return interval === undefined ? null : [100 * interval[0], 100 * interval[1]];
  };
}

/** Shares of summed time: they add up, as the phases of every start add up to its total. */

import { ratioOfMeans } from "../statistics/effects/ratio-of-means.ts";
import type { Interval } from "../statistics/interval.ts";
import { sum } from "../statistics/sum.ts";

/** In per cent; not a number when there is no time to share. */
export const sharePct = (part: number, whole: number): number => (100 * part) / whole;

/** Of fewer trials the interval covers less than it claims (research/method/statistics.md). */
export const FEWEST_FOR_SHARE = 5;

/** Of more trials the interval is narrower than what is shown, and takes longer than it is worth. */
export const MOST_TRIALS_FOR_INTERVAL = 20_000;

/** @param parts of each trial, in ms */
export type ShareInterval = (parts: readonly number[]) => Interval | null;

/**
 * 95 % intervals of shares in per cent, of parts of these totals: Fieller's, of part and total together, as far as a share can
 * lie, from 0 to 100. `null` below {@link FEWEST_FOR_SHARE} trials, above
 * {@link MOST_TRIALS_FOR_INTERVAL}, and without time.
 * @param totals of each trial, in ms
 */
export function shareIntervals(totals: readonly number[]): ShareInterval {
  if (totals.length < FEWEST_FOR_SHARE || totals.length > MOST_TRIALS_FOR_INTERVAL || sum(totals) <= 0) return () => null;
  return (parts) => {
    const ends = ratioOfMeans(parts.map((part, trial) => [part, totals[trial] as number]))?.interval ?? null;
    return ends && [Math.max(0, 100 * ends[0]), Math.min(100, 100 * ends[1])];
  };
}

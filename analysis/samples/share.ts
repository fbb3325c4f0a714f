/** Shares of summed time: they add up, as the phases of every start add up to its total. */

import { clusteredRatio } from "../statistics/effects/clustered-ratio.ts";
import { ratioOfMeans } from "../statistics/effects/ratio-of-means.ts";
import type { Interval } from "../statistics/interval.ts";
import { sum } from "../statistics/sum.ts";
import { grouped } from "./grouped.ts";
import { FEWEST_SESSIONS } from "./sessions.ts";

/** In per cent; not a number when there is no time to share. */
export const sharePct = (part: number, whole: number): number => (100 * part) / whole;

/** Of fewer trials the interval covers less than it claims (research/method/statistics.md). */
export const FEWEST_FOR_SHARE = 5;

/** Of more trials the interval is narrower than what is shown, and takes longer than it is worth. */
export const MOST_TRIALS_FOR_INTERVAL = 20_000;

/** @param parts of each trial, in ms */
export type ShareInterval = (parts: readonly number[]) => Interval | null;

/**
 * 95 % intervals of shares in per cent, of parts of these totals: Fieller's, of part and total together; from
 * {@link FEWEST_SESSIONS} sessions on of the sessions' sums. As far as a share can lie, from 0 to 100. `null` below
 * {@link FEWEST_FOR_SHARE} trials, above {@link MOST_TRIALS_FOR_INTERVAL}, and without time.
 * @param totals of each trial, in ms
 * @param sessions of each trial; `null` where they are not told apart
 */
export function shareIntervals(totals: readonly number[], sessions: readonly number[] | null): ShareInterval {
  if (totals.length < FEWEST_FOR_SHARE || totals.length > MOST_TRIALS_FOR_INTERVAL || sum(totals) <= 0) return () => null;
  const places = sessions === null ? [] : [...grouped(totals.keys(), (trial) => sessions[trial]).values()];
  const summed = (times: readonly number[], trials: readonly number[]): number =>
    sum(trials.map((trial) => times[trial] as number));
  const intervalOf: ShareInterval =
    places.length >= FEWEST_SESSIONS
      ? (parts) => clusteredRatio(places.map((trials) => [summed(parts, trials), summed(totals, trials)]))
      : (parts) => ratioOfMeans(parts.map((part, trial) => [part, totals[trial] as number]))?.interval ?? null;
  return (parts) => {
    const ends = intervalOf(parts);
    return ends && [Math.max(0, 100 * ends[0]), Math.min(100, 100 * ends[1])];
  };
}

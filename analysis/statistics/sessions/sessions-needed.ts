import { CONFIDENCE } from "../interval.ts";
import { tQuantile } from "../t-quantile.ts";
import { sessionLevel } from "./session-level.ts";

/** A forecast of more is none. */
const MOST = 10_000;

/**
 * How many sessions, those already made included, bring the half-width of the interval of a platform's {@link sessionLevel}
 * to a share of the level: the smallest k for which sinh(t(k − 1) · s / √k) is at most the share, with s the standard
 * deviation of the logarithms of the sessions at hand. A rough forecast: from k sessions s is known to about 1 / √(2 (k − 1)),
 * from three to half its value. Never below 2, where the interval begins to exist; `null` where there is no estimate of s, or
 * more than 10 000 would be needed.
 * @param medians one a session @param share half-width asked for as a share of the level (0.02 is 2 %)
 * @throws RangeError when the share is not a positive finite number
 */
export function sessionsNeeded(medians: readonly number[], share = 0.02): number | null {
  if (!(share > 0 && Number.isFinite(share))) throw new RangeError(`not a positive share of the level: ${share}`);
  const level = sessionLevel(medians);
  if (level === null) return null;
  const deviation = level.standardError * Math.sqrt(medians.length);
  // Half of e^(log ± half) over e^log; more sessions never make it wider.
  const isEnough = (sessions: number): boolean =>
    Math.sinh((tQuantile((1 + CONFIDENCE) / 2, sessions - 1) * deviation) / Math.sqrt(sessions)) <= share;
  if (!isEnough(MOST)) return null;
  let [few, enough] = [1, MOST];
  while (enough - few > 1) {
    const middle = (few + enough) >> 1;
    if (isEnough(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}

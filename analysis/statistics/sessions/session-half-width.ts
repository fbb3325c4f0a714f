import { factorInterval, factorOf } from "./log-estimate.ts";
import { sessionLevel } from "./session-level.ts";

/**
 * Half the 95 % interval of a platform's {@link sessionLevel} as a share of that level, without a unit (0.02 is 2 %).
 * `null` where there is no such interval: fewer than two sessions, or a value that is not positive.
 * @param medians one a session
 */
export function sessionHalfWidth(medians: readonly number[]): number | null {
  const level = sessionLevel(medians);
  if (level === null) return null;
  const [lo, hi] = factorInterval(level);
  return (hi - lo) / 2 / factorOf(level);
}

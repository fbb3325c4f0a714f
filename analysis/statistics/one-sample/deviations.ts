import { mean } from "simple-statistics";
import { requireFinite } from "../finite-observations.ts";

/**
 * Differences from the arithmetic mean, in order of collection and in the unit of the observations. `null` when all are
 * equal: their differences would be nothing but rounding.
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function deviations(observations: readonly number[]): Float64Array | null {
  requireFinite(observations);
  if (observations.every((value) => value === observations[0])) return null;
  const center = mean(observations as number[]);
  const differences = Float64Array.from(observations);
  for (let i = 0; i < differences.length; i += 1) differences[i] = (differences[i] as number) - center;
  return differences;
}

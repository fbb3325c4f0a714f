import type { Interval } from "../statistics/interval.ts";

/**
 * An interval of the mean of values none of which is negative that would reach below 0, made on the logarithm instead:
 * center · e^(± half / center), the first-order standard error of a logarithm, so that no time is negative. Any other interval
 * stays as it is.
 * @param least the smallest value
 */
export function positiveInterval(ends: Interval | null, center: number, least: number): Interval | null {
  if (ends === null || ends[0] >= 0 || least < 0) return ends;
  const factor = Math.exp((ends[1] - ends[0]) / 2 / center);
  return [center / factor, center * factor];
}

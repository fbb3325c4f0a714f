import type { SortedSamples } from "../sorted-samples.ts";
import { median } from "./median.ts";
import { quantileInterval } from "./quantile-interval.ts";

/**
 * Half the width of the median's exact 95 % interval as a share of the median, without a unit (0.02 is 2 %).
 * `null` below n = 6, where there is no interval, and for a median of 0, of which nothing is a share.
 */
export function relativeHalfWidth(samples: SortedSamples): number | null {
  const center = median(samples);
  const result = quantileInterval(samples, 0.5);
  if (result === null || center === 0) return null;
  const [lo, hi] = result.interval;
  return (hi - lo) / 2 / Math.abs(center);
}

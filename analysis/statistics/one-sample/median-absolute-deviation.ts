import type { SortedSamples } from "../sorted-samples.ts";
import { median } from "./median.ts";
import { unsortedMedian } from "./unsorted-median.ts";

/** 1 / Φ⁻¹(¾), rounded as R has it: makes the MAD of a normal population its standard deviation. */
const NORMAL_CONSISTENCY = 1.4826;

/**
 * Median absolute deviation from the median × 1.4826, in the unit of the samples; R's `mad` (Hampel, "The influence curve
 * and its role in robust estimation", Journal of the American Statistical Association 69(346), 1974).
 * `null` for a single observation, which says nothing about spread.
 */
export function medianAbsoluteDeviation(samples: SortedSamples): number | null {
  if (samples.length < 2) return null;
  const center = median(samples);
  return NORMAL_CONSISTENCY * unsortedMedian(samples.map((sample) => Math.abs(sample - center)));
}

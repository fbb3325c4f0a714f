import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { CONFIDENCE } from "../interval.ts";
import type { SortedSamples } from "../sorted-samples.ts";
import { MINIMUM_FOR_MEDIAN_INTERVAL, quantileInterval } from "./quantile-interval.ts";
import { relativeHalfWidth } from "./relative-half-width.ts";

/**
 * How many iterations, those already made included, bring the half-width of the median's 95 % interval to a share of the
 * median: n · (w · z(0.95) / z(c) / share)², rounded up, where w is the {@link relativeHalfWidth} of the n at hand and c the
 * coverage it achieved, so that w · z(0.95) / z(c) is 1.96 standard errors of the median (McKean and Schrader, "A
 * comparison of methods for studentizing the sample median", Communications in Statistics: Simulation and Computation
 * 13(6), 1984), which shrink with √n. At most n when the share is reached, more than n when it is not; never below 6, where
 * the interval begins to exist. A forecast, and a rough one: from 20 normal observations it lies between half and twice
 * the truth in eight samples of ten, and it assumes that what follows is like what was seen. `null` where there is no
 * relative half-width.
 * @param share half-width asked for as a share of the median (0.02 is 2 %)
 * @throws RangeError when the share is not a positive finite number
 */
export function iterationsNeeded(samples: SortedSamples, share = 0.02): number | null {
  if (!(share > 0 && Number.isFinite(share))) throw new RangeError(`not a positive share of the median: ${share}`);
  const width = relativeHalfWidth(samples);
  const coverage = quantileInterval(samples, 0.5)?.coverage;
  if (width === null || coverage === undefined) return null;
  const n = samples.length;
  const forecast = Math.ceil(n * ((width * deviate(CONFIDENCE)) / deviate(coverage) / share) ** 2);
  return width <= share ? Math.max(MINIMUM_FOR_MEDIAN_INTERVAL, Math.min(n, forecast)) : Math.max(n + 1, forecast);
}

/** z with P(|Z| ≤ z) = confidence; 1.96 for 0.95. */
const deviate = (confidence: number): number => normalQuantile((1 + confidence) / 2, 0, 1);

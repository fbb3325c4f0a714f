import { CONFIDENCE, type Interval } from "../interval.ts";
import type { SortedSamples } from "../sorted-samples.ts";
import { tQuantile } from "../t-quantile.ts";
import { mean } from "./mean.ts";
import { standardDeviation } from "./standard-deviation.ts";

/**
 * 95 % confidence interval of the mean, mean ± t(0.975; n − 1) · s/√n (Student, "The probable error of a mean",
 * Biometrika 6(1), 1908), in the unit of the samples. It assumes independent observations and a mean that is nearly
 * normal. `null` for a single observation.
 */
export function meanInterval(samples: SortedSamples): Interval | null {
  const sd = standardDeviation(samples);
  if (sd === null) return null;
  const t = tQuantile((1 + CONFIDENCE) / 2, samples.length - 1);
  const half = (t * sd) / Math.sqrt(samples.length);
  const center = mean(samples);
  return [center - half, center + half];
}

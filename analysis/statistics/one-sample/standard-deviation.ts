import { sampleStandardDeviation } from "simple-statistics";
import { asPlainArray, type SortedSamples } from "../sorted-samples.ts";

/**
 * Standard deviation of the sample with Bessel's correction (n − 1), in the unit of the samples; R's `sd`.
 * `null` for a single observation, which says nothing about spread.
 */
export const standardDeviation = (samples: SortedSamples): number | null =>
  samples.length < 2 ? null : sampleStandardDeviation(asPlainArray(samples));

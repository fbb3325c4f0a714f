import type { SortedSamples } from "../sorted-samples.ts";
import { quantile } from "./quantile.ts";

/** The middle observation, or the mean of the middle two: the 0.5-quantile of type 7, in the unit of the samples. */
export const median = (samples: SortedSamples): number => quantile(samples, 0.5);

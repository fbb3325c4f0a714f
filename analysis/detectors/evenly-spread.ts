import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";

/** Of longer samples, so many evenly spread: an interval is narrow enough. */
const MOST_VALUES = 10_000;

/** @param values one at least */
export function evenlySpread(values: readonly number[]): SortedSamples {
  const every = Math.ceil(values.length / MOST_VALUES);
  return sortedSamples(every === 1 ? values : values.filter((_, index) => index % every === 0));
}

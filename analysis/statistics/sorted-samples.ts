/** What every estimator here takes: a sample that is known to be sorted, finite and not empty (after tinybench). */
declare const sorted: unique symbol;

/** Observations in ascending order, at least one, all finite; the unit is the caller's. */
export type SortedSamples = readonly number[] & { readonly [sorted]: true };

/**
 * Copies, checks and sorts; the only way to make {@link SortedSamples}.
 * @throws RangeError for an empty sample, NaN or an infinity: an estimate from those would be a number that means nothing
 */
export function sortedSamples(observations: readonly number[]): SortedSamples {
  if (observations.length === 0) throw new RangeError("an empty sample has no statistics");
  // A Float64Array sorts by value; Array.prototype.sort compares as text unless it calls back for every pair.
  const samples = new Float64Array(observations);
  const sorted = new Array<number>(samples.length);
  for (let index = 0; index < samples.length; index += 1) {
    if (Number.isFinite(samples[index])) continue;
    throw new RangeError(`observation ${index + 1} of ${samples.length} is not a finite number: ${samples[index]}`);
  }
  samples.sort();
  // In a loop: Array.from takes three times as long, and there may be a million.
  for (let index = 0; index < samples.length; index += 1) sorted[index] = samples[index] as number;
  return sorted as readonly number[] as SortedSamples;
}

/** simple-statistics declares its samples as mutable arrays but does not change them. */
export const asPlainArray = (samples: SortedSamples): number[] => samples as readonly number[] as number[];

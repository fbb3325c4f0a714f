/**
 * What an estimator that looks at the order of collection may be given: at least one observation, all finite.
 * @throws RangeError for an empty sample, NaN or an infinity, as `sortedSamples` does
 */
export function requireFinite(observations: readonly number[]): void {
  if (observations.length === 0) throw new RangeError("an empty sample has no statistics");
  const bad = observations.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`observation ${bad + 1} of ${observations.length} is not a finite number: ${observations[bad]}`);
  }
}

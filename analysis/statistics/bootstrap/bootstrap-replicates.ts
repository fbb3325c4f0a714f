export interface BootstrapOptions {
  /** The same seed draws the same resamples, whatever the statistic: several statistics of the same rows are then joint. */
  readonly seed: number;
  /** How many resamples; 10 000 where it is not given. */
  readonly replicates?: number;
  /** Coverage asked for, strictly between 0 and 1; 0.95 where it is not given. */
  readonly confidence?: number;
}

const REPLICATES = 10_000;

/**
 * The statistic of one resample after the other.
 * @throws RangeError when the number of replicates is not a whole number above 1
 */
export function bootstrapReplicates<T>({ replicates = REPLICATES }: BootstrapOptions, draw: () => T): T[] {
  if (!(Number.isInteger(replicates) && replicates > 1)) throw new RangeError(`not a number of resamples: ${replicates}`);
  return Array.from({ length: replicates }, draw);
}

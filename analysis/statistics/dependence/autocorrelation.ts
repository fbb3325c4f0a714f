import { deviations } from "../one-sample/deviations.ts";

/**
 * Correlation of the observations, in order of collection, with those `lag` places later:
 * Σ(xₜ − x̄)(xₜ₊ₖ − x̄) / Σ(xₜ − x̄)², the biased estimate with one mean and one variance for both (Box and Jenkins, "Time
 * Series Analysis", 1970, chapter 2; R's `acf`). Without a unit, −1 to 1. `null` when all observations are equal.
 * @param lag whole number, 0 to n − 1
 * @throws RangeError for a lag out of range, an empty sample, NaN or an infinity
 */
export function autocorrelation(observations: readonly number[], lag: number): number | null {
  const differences = deviations(observations);
  if (!(Number.isInteger(lag) && lag >= 0 && lag < observations.length)) {
    throw new RangeError(`not a lag of ${observations.length} observations: ${lag}`);
  }
  return differences && laggedProduct(differences, lag) / laggedProduct(differences, 0);
}

/** Σ dₜ · dₜ₊ₖ of deviations from the mean: n times the autocovariance. */
export function laggedProduct(differences: Float64Array, lag: number): number {
  let sum = 0;
  for (let later = lag; later < differences.length; later += 1) {
    sum += (differences[later - lag] as number) * (differences[later] as number);
  }
  return sum;
}

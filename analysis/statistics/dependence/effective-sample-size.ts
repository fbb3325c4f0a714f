import { deviations } from "../one-sample/deviations.ts";
import { laggedProduct } from "./autocorrelation.ts";

/** More observations than this are first averaged over neighbours, so that a million take time in proportion. */
const LONGEST_SERIES = 10_000;

/**
 * How many independent observations would fix the mean as well as these do, in order of collection: n / τ with
 * τ = −1 + 2 Σ (r₂ₘ + r₂ₘ₊₁), summed while the pairs are positive (Geyer, "Practical Markov chain Monte Carlo",
 * Statistical Science 7(4), 1992, section 3.3: initial positive sequence). Chosen over n(1 − r₁)/(1 + r₁), which sees
 * only lag 1: in a drift of three standard deviations over 50 observations that leaves 21, this one 6.
 * At most n: that neighbours alternate is no reason for narrower intervals. Small samples bias it upwards when the
 * dependence is strong, and for 50 independent observations it is mostly 30 to 50. Of more than 10 000 observations the
 * variance of the mean comes from means of consecutive batches. `null` when all observations are equal.
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function effectiveSampleSize(observations: readonly number[]): number | null {
  const n = observations.length;
  const differences = deviations(observations);
  if (differences === null) return null;
  const variance = laggedProduct(differences, 0) / n;
  return Math.min(n, variance / varianceOfMean(batchMeans(differences, Math.ceil(n / LONGEST_SERIES))));
}

/** γ₀τ / n, with τ at least 0 as far as Geyer's sum goes: a negative one is an estimate of next to nothing. */
function varianceOfMean(differences: Float64Array): number {
  const n = differences.length;
  let positive = 0;
  for (let lag = 0; lag < n; lag += 2) {
    const pair = laggedProduct(differences, lag) + laggedProduct(differences, lag + 1);
    if (pair <= 0) break;
    positive += pair;
  }
  return Math.max(0, 2 * positive - laggedProduct(differences, 0)) / n ** 2;
}

/** Means of `size` neighbours; the last observations that fill no batch are left out. */
function batchMeans(values: Float64Array, size: number): Float64Array {
  if (size === 1) return values;
  const means = new Float64Array(Math.floor(values.length / size));
  for (let i = 0; i < means.length * size; i += 1) {
    const batch = Math.floor(i / size);
    means[batch] = (means[batch] as number) + (values[i] as number) / size;
  }
  return means;
}

import { CONFIDENCE, type Interval } from "../interval.ts";
import { deviations } from "../one-sample/deviations.ts";
import { mean } from "../one-sample/mean.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { tQuantile } from "../t-quantile.ts";

/**
 * 95 % interval of the mean of observations that depend on those before them: mean ± t(B) · √(Ω / n), where Ω, the long-run
 * variance, is the mean square of the first B = ⌊0.4 n^⅔⌋ cosine transforms √(2/n) Σ xₜ cos(π j (t − ½) / n) (equal-weighted
 * cosine; Lazarus, Lewis, Stock and Watson, "HAR inference: recommendations for practice", J. Bus. Econ. Stat. 36(4), 2018).
 * In the unit of the observations, which are in order of collection. `null` below n = 12, where B is one or two, and for equal
 * observations.
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function dependentMeanInterval(observations: readonly number[]): Interval | null {
  const n = observations.length;
  const differences = deviations(observations);
  const terms = Math.floor(0.4 * n ** (2 / 3));
  if (differences === null || n < 12) return null;
  let squares = 0;
  for (let j = 1; j <= terms; j += 1) squares += cosineTransform(differences, j) ** 2;
  const half = tQuantile((1 + CONFIDENCE) / 2, terms) * Math.sqrt(squares / terms / n);
  const center = mean(sortedSamples(observations));
  return [center - half, center + half];
}

function cosineTransform(values: Float64Array, j: number): number {
  const n = values.length;
  let sum = 0;
  for (let t = 0; t < n; t += 1) sum += (values[t] as number) * Math.cos((Math.PI * j * (t + 0.5)) / n);
  return Math.sqrt(2 / n) * sum;
}

import { deviations } from "../one-sample/deviations.ts";
import { chiSquareTail } from "../tests/chi-square-tail.ts";
import { laggedProduct } from "./autocorrelation.ts";

export interface LjungBox {
  /** Q; grows with dependence at any of the lags. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** P(χ² ≥ Q) were the observations independent. */
  readonly p: number;
}

/**
 * Test of independence in order of collection: Q = n(n + 2) Σ rₖ² / (n − k) over lags 1 … h against χ² with h degrees of
 * freedom (Ljung and Box, "On a measure of lack of fit in time series models", Biometrika 65(2), 1978; R's
 * `Box.test(type = "Ljung-Box")`). By default h = min(10, ⌊n / 5⌋) (Hyndman and Athanasopoulos, "Forecasting: Principles
 * and Practice", 2nd ed. 2018, section 3.3). `null` when all observations are equal, or fewer than five without a given h.
 * @param lags whole number, 1 to n − 1
 * @throws RangeError for lags out of range, an empty sample, NaN or an infinity
 */
export function ljungBox(observations: readonly number[], lags?: number): LjungBox | null {
  const n = observations.length;
  const differences = deviations(observations);
  const h = lags ?? Math.min(10, Math.floor(n / 5));
  if (lags !== undefined && !(Number.isInteger(lags) && lags >= 1 && lags < n)) {
    throw new RangeError(`not a number of lags of ${n} observations: ${lags}`);
  }
  if (differences === null || h === 0) return null;
  const statistic = ljungBoxStatistic(differences, h);
  return { statistic, degreesOfFreedom: h, p: chiSquareTail(statistic, h) };
}

/** Q of deviations from the mean, in order of collection. */
export function ljungBoxStatistic(differences: Float64Array, lags: number): number {
  const n = differences.length;
  const variation = laggedProduct(differences, 0);
  let sum = 0;
  for (let lag = 1; lag <= lags; lag += 1) sum += (laggedProduct(differences, lag) / variation) ** 2 / (n - lag);
  return n * (n + 2) * sum;
}

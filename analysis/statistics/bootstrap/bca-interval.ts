import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { CONFIDENCE, type Interval } from "../interval.ts";
import { quantile } from "../one-sample/quantile.ts";
import { standardDeviation } from "../one-sample/standard-deviation.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { sum } from "../sum.ts";

export interface BootstrapDistribution {
  /** The statistic of the data themselves. */
  readonly estimate: number;
  /** The statistic of each resample. */
  readonly replicates: readonly number[];
  /** The statistic with each independent unit left out in turn: one list for each independent sample. */
  readonly jackknife: readonly (readonly number[])[];
}

/** Why there is no BCa interval. */
export type PercentileReason =
  /** Every resample gave the same: the interval has no width, which says more of the resolution than of certainty. */
  | "replicates-equal"
  /** All replicates lie on one side of the estimate: the bias correction is infinite. */
  | "replicates-one-sided"
  /** Leaving any one unit out changes nothing: the acceleration is 0/0. */
  | "jackknife-equal"
  /** The acceleration is so large that the correction turns back on itself. */
  | "acceleration-too-large";

export interface BootstrapInterval {
  readonly estimate: number;
  readonly interval: Interval;
  /** Standard deviation of the replicates (n − 1). */
  readonly standardError: number;
  readonly method: "bca" | "percentile";
  /** `null` where the method is BCa. */
  readonly because: PercentileReason | null;
}

/**
 * Bias-corrected and accelerated interval of a bootstrap distribution, in the statistic's unit: between its quantiles
 * (type 7) at Φ(z₀ + (z₀ + z) / (1 − a(z₀ + z))) for z = ±Φ⁻¹((1 + confidence) / 2). z₀ = Φ⁻¹ of the share of replicates
 * below the estimate, ties counted half; the acceleration a comes from the jackknife (Efron, "Better bootstrap confidence
 * intervals", Journal of the American Statistical Association 82(397), 1987; several samples: Efron and Tibshirani, "An
 * Introduction to the Bootstrap", 1993, exercise 22.2 and SciPy's `bootstrap`). Where z₀ or a does not exist, the percentile
 * interval, and why.
 * @throws RangeError when the confidence is not strictly between 0 and 1, or a value is not finite
 */
export function bcaInterval(distribution: BootstrapDistribution, confidence = CONFIDENCE): BootstrapInterval {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`not strictly between 0 and 1: confidence = ${confidence}`);
  const replicates = sortedSamples(distribution.replicates);
  const shares = [(1 - confidence) / 2, (1 + confidence) / 2] as const;
  const corrected = correctedShares(shares, distribution);
  const because = typeof corrected === "string" ? corrected : null;
  const [lo, hi] = typeof corrected === "string" ? shares : corrected;
  return {
    estimate: distribution.estimate,
    interval: [quantile(replicates, lo), quantile(replicates, hi)],
    standardError: standardDeviation(replicates) ?? 0,
    method: because === null ? "bca" : "percentile",
    because,
  };
}

type Shares = readonly [lo: number, hi: number];

/** Where in the distribution the interval's ends lie, or why it has none. */
function correctedShares(shares: Shares, { estimate, replicates, jackknife }: BootstrapDistribution): Shares | PercentileReason {
  if (allEqual(replicates)) return "replicates-equal";
  const below = shareBelow(estimate, replicates);
  if (below === 0 || below === 1) return "replicates-one-sided";
  if (jackknife.every(allEqual)) return "jackknife-equal";
  const bias = normalQuantile(below, 0, 1);
  const a = acceleration(jackknife);
  const [lo, hi] = shares.map((share) => bias + normalQuantile(share, 0, 1)) as [number, number];
  if (1 - a * lo <= 0 || 1 - a * hi <= 0) return "acceleration-too-large";
  return [normalCdf(bias + lo / (1 - a * lo), 0, 1), normalCdf(bias + hi / (1 - a * hi), 0, 1)];
}

const allEqual = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

function shareBelow(estimate: number, replicates: readonly number[]): number {
  let halves = 0;
  for (const replicate of replicates) halves += replicate < estimate ? 2 : replicate === estimate ? 1 : 0;
  return halves / (2 * replicates.length);
}

/** A sixth of the skewness of the jackknife's influence values Uᵢ = (n − 1)(θ̄ − θ₍ᵢ₎): Σ ΣU³/n³ / 6 (Σ ΣU²/n²)^1.5. */
function acceleration(jackknife: readonly (readonly number[])[]): number {
  let [cubes, squares] = [0, 0];
  for (const leftOut of jackknife) {
    const n = leftOut.length;
    const center = sum(leftOut) / n;
    for (const value of leftOut) {
      const influence = ((n - 1) * (center - value)) / n;
      cubes += influence ** 3;
      squares += influence ** 2;
    }
  }
  return cubes / (6 * squares ** 1.5);
}

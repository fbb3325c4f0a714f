import type { BootstrapOptions } from "../bootstrap/bootstrap-replicates.ts";
import { bootstrapTwoSamples } from "../bootstrap/bootstrap-two-samples.ts";
import { everyRow, type RowStatistic, resampler } from "../bootstrap/resample.ts";
import type { Interval } from "../interval.ts";

/** A statistic of a sample, made ready for its resamples: {@link resampledMean}, `resampledMedian`. */
export type Resampled = (values: readonly number[]) => RowStatistic;

export interface RatioOfStatistics {
  readonly ratio: number;
  /** `null` for a single observation on either side, and where the statistic of some resample of b is zero. */
  readonly interval: Interval | null;
}

/**
 * Any statistic of a over the same of b, two independent samples of independent observations, with its BCa bootstrap
 * interval (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 8.3); no unit. For a ratio that was
 * published as one of means or of standard deviations; where the choice is ours, `ratio` asks less of the data.
 * @throws RangeError when the statistic of b is zero
 */
export function ratioOfStatistics(
  a: readonly number[],
  b: readonly number[],
  statistic: Resampled,
  options: BootstrapOptions,
): RatioOfStatistics {
  const [ofA, ofB] = [statistic(a), statistic(b)];
  const ratio = ofA(resampler(a.length)(a.length, everyRow)) / ofB(resampler(b.length)(b.length, everyRow));
  if (!Number.isFinite(ratio)) throw new RangeError("a ratio needs a statistic of b that is not zero");
  try {
    const boot = bootstrapTwoSamples([a.length, b.length], (inA, inB) => ofA(inA) / ofB(inB), options);
    return { ratio, interval: boot?.interval ?? null };
  } catch (error) {
    if (error instanceof RangeError) return { ratio, interval: null };
    throw error;
  }
}

/** Arithmetic mean over the rows of a resample. */
export const resampledMean: Resampled =
  (values) =>
  ({ rows }) => {
    let sum = 0;
    for (let place = 0; place < rows.length; place += 1) sum += values[rows[place] as number] as number;
    return sum / rows.length;
  };

/** Variance (n − 1) over the rows of a resample of at least two. */
export const resampledVariance: Resampled = (values) => {
  const meanOf = resampledMean(values);
  return (resample) => {
    const center = meanOf(resample);
    let squares = 0;
    for (let place = 0; place < resample.rows.length; place += 1) {
      squares += ((values[resample.rows[place] as number] as number) - center) ** 2;
    }
    return squares / (resample.rows.length - 1);
  };
};

/** Standard deviation (n − 1) over the rows of a resample of at least two. */
export const resampledStandardDeviation: Resampled = (values) => {
  const variance = resampledVariance(values);
  return (resample) => Math.sqrt(variance(resample));
};

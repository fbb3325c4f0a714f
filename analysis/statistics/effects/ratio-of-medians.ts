import type { BootstrapInterval } from "../bootstrap/bca-interval.ts";
import type { BootstrapOptions } from "../bootstrap/bootstrap-replicates.ts";
import { bootstrapRows } from "../bootstrap/bootstrap-rows.ts";
import { resampledMedian } from "../bootstrap/resampled-median.ts";
import type { Pair } from "./paired-differences.ts";

/**
 * The median of the a's over the median of the b's, with its BCa interval: whole pairs are resampled, so that what a pair
 * has in common does not count as noise (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 7.2 on the
 * bootstrap of pairs). `null` for fewer than two pairs.
 * @throws RangeError when a resample's median of the b's is zero, or an option is out of range
 */
export function ratioOfMedians(pairs: readonly Pair[], options: BootstrapOptions): BootstrapInterval | null {
  const [numerator, denominator] = [resampledMedian(pairs.map(([a]) => a)), resampledMedian(pairs.map(([, b]) => b))];
  return bootstrapRows(pairs.length, (resample) => numerator(resample) / denominator(resample), options);
}

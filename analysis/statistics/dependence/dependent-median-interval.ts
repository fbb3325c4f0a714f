import { CONFIDENCE, type Interval } from "../interval.ts";
import { quantile } from "../one-sample/quantile.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { tQuantile } from "../t-quantile.ts";
import { midranks } from "../tests/ranks.ts";
import { effectiveSampleSize } from "./effective-sample-size.ts";

/**
 * 95 % interval of the median of observations that depend on those before them: the quantiles at ½ ± t(nₑ − 1) / (2 √nₑ),
 * where nₑ, the effective sample size of the ranks, says how many independent observations would be worth as much. Ranks,
 * because the median's variance is that of an indicator, in which an outlier counts no more than its neighbour. In the unit
 * of the observations, which are in order of collection. `null` where that would reach beyond the smallest or the largest
 * observation, and for equal ones.
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function dependentMedianInterval(observations: readonly number[]): Interval | null {
  const effective = effectiveSampleSize(midranks(observations));
  if (effective === null || effective <= 1) return null;
  const half = tQuantile((1 + CONFIDENCE) / 2, effective - 1) / (2 * Math.sqrt(effective));
  // Of hardly more than one observation's worth the quantile of t is beyond all numbers.
  if (!(half < 0.5)) return null;
  const samples = sortedSamples(observations);
  return [quantile(samples, 0.5 - half), quantile(samples, 0.5 + half)];
}

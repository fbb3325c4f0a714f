import type { SortedSamples } from "../sorted-samples.ts";
import type { BootstrapInterval } from "./bca-interval.ts";
import type { BootstrapOptions } from "./bootstrap-replicates.ts";
import { bootstrapRows } from "./bootstrap-rows.ts";
import type { Resample } from "./resample.ts";

/** Any estimator here; its argument is overwritten by the next resample: read it, do not keep it. */
export type SampleStatistic = (resample: SortedSamples) => number;

/**
 * BCa bootstrap interval of any statistic of one sample of independent observations (Efron, "Better bootstrap confidence
 * intervals", Journal of the American Statistical Association 82(397), 1987), in the statistic's unit. It says when it had
 * to fall back on the percentile interval. With few observations it covers too little: in place of 95 % the mean of 6, 20 and
 * 50 normal ones 85, 92 and 93 %, the median 93, 94 and 95 % (simulated). `null` for a single observation.
 * @throws RangeError when the statistic of a resample is not finite, or an option is out of range
 */
export function bootstrap(
  samples: SortedSamples,
  statistic: SampleStatistic,
  options: BootstrapOptions,
): BootstrapInterval | null {
  const [whole, oneLess] = [[...samples], samples.slice(1)];
  return bootstrapRows(
    samples.length,
    (resample) => statistic(drawInOrder(samples, resample, resample.rows.length === samples.length ? whole : oneLess)),
    options,
  );
}

/** Each observation as often as it was drawn: sorted without sorting, as the samples are. */
function drawInOrder(samples: SortedSamples, { counts }: Resample, into: number[]): SortedSamples {
  let place = 0;
  for (let row = 0; row < samples.length; row += 1) {
    for (let left = counts[row] as number; left > 0; left -= 1) {
      into[place] = samples[row] as number;
      place += 1;
    }
  }
  return into as readonly number[] as SortedSamples;
}

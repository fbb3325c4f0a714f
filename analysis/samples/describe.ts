/** A sample in one object: what `analyze` says about every quantity. */
import * as z from "zod";
import { interval } from "../statistics/interval.ts";
import { mean } from "../statistics/one-sample/mean.ts";
import { meanInterval } from "../statistics/one-sample/mean-interval.ts";
import { median } from "../statistics/one-sample/median.ts";
import { medianAbsoluteDeviation } from "../statistics/one-sample/median-absolute-deviation.ts";
import { quantile } from "../statistics/one-sample/quantile.ts";
import { quantileInterval } from "../statistics/one-sample/quantile-interval.ts";
import { standardDeviation } from "../statistics/one-sample/standard-deviation.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";
import { positiveInterval } from "./positive-interval.ts";

export const description = z.object({
  n: z.int(),
  mean: z.number(),
  sd: z.number().nullable().describe("standard deviation; null for a single observation"),
  mad: z.number().nullable().describe("median absolute deviation × 1.4826: the standard deviation of a normal sample like it"),
  median: z.number(),
  q25: z.number(),
  q75: z.number(),
  min: z.number(),
  max: z.number(),
  mean_ci: interval
    .nullable()
    .describe("95 %, Student's t, on the logarithm where it would reach below 0; null for a single observation"),
  median_ci: interval.nullable().describe("at least 95 %, exact order statistics; null below six observations"),
  median_ci_coverage: z.number().nullable().describe("what median_ci covers, 0 to 1"),
  p99: z.number().nullable().describe("99th percentile, only where its interval is finite: from 368 observations on"),
  p99_ci: interval.nullable().describe("at least 95 %, exact order statistics"),
});
/** All in the unit of the sample, except `n` and the coverage. */
export type Description = Readonly<z.infer<typeof description>>;

/** `null` for an empty sample: what was not measured has no statistics, and is not 0. */
export function describe(observations: readonly number[]): Description | null {
  return observations.length === 0 ? null : describeSamples(sortedSamples(observations));
}

/** The same of a sample that is sorted already. */
export function describeSamples(samples: SortedSamples): Description {
  const center = mean(samples);
  const ofMedian = quantileInterval(samples, 0.5);
  const ofTail = quantileInterval(samples, 0.99);
  return {
    n: samples.length,
    mean: center,
    sd: standardDeviation(samples),
    mad: medianAbsoluteDeviation(samples),
    median: median(samples),
    q25: quantile(samples, 0.25),
    q75: quantile(samples, 0.75),
    min: quantile(samples, 0),
    max: quantile(samples, 1),
    mean_ci: positiveInterval(meanInterval(samples), center, samples[0] as number),
    median_ci: ofMedian?.interval ?? null,
    median_ci_coverage: ofMedian?.coverage ?? null,
    p99: ofTail && quantile(samples, 0.99),
    p99_ci: ofTail?.interval ?? null,
  };
}

/** Which statistic a published ratio is a ratio of: "9.5 times the variance" may be the ratio of standard deviations. */
import { mean } from "../statistics/one-sample/mean.ts";
import { median } from "../statistics/one-sample/median.ts";
import { medianAbsoluteDeviation } from "../statistics/one-sample/median-absolute-deviation.ts";
import { quantile } from "../statistics/one-sample/quantile.ts";
import { standardDeviation } from "../statistics/one-sample/standard-deviation.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";

const STATISTICS = {
  mean,
  median,
  "upper middle": (samples) => samples[Math.floor(samples.length / 2)] as number,
  "standard deviation": standardDeviation,
  variance: (samples) => (standardDeviation(samples) ?? Number.NaN) ** 2,
  "coefficient of variation": (samples) => (standardDeviation(samples) ?? Number.NaN) / mean(samples),
  "standard error": (samples) => (standardDeviation(samples) ?? Number.NaN) / Math.sqrt(samples.length),
  "median absolute deviation": medianAbsoluteDeviation,
  "interquartile range": (samples) => quantile(samples, 0.75) - quantile(samples, 0.25),
  range: (samples) => quantile(samples, 1) - quantile(samples, 0),
  minimum: (samples) => quantile(samples, 0),
  maximum: (samples) => quantile(samples, 1),
} as const satisfies Record<string, (samples: SortedSamples) => number | null>;

export type Statistic = keyof typeof STATISTICS;

export interface StatisticRatio {
  readonly statistic: Statistic;
  /** Of a over b. */
  readonly ratio: number;
  /** Does it give the published number, rounded to the digits published? */
  readonly matches: boolean;
}

/**
 * The ratio a / b of every statistic that has one, those first that give the published number. Several may: with few
 * digits that is chance, and two samples of one size have one ratio of standard deviations and of standard errors.
 * @param decimals places with which the ratio was published: 1 for 9.5
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function identifyStatistic(
  published: number,
  decimals: number,
  a: readonly number[],
  b: readonly number[],
): StatisticRatio[] {
  const [first, second] = [sortedSamples(a), sortedSamples(b)];
  const half = 0.5 * 10 ** -decimals;
  return (Object.keys(STATISTICS) as Statistic[])
    .flatMap((statistic): StatisticRatio[] => {
      const ratio = (STATISTICS[statistic](first) ?? Number.NaN) / (STATISTICS[statistic](second) ?? Number.NaN);
      // The slack is for halves, which no two programs round alike.
      return Number.isFinite(ratio) ? [{ statistic, ratio, matches: Math.abs(ratio - published) <= half * (1 + 1e-9) }] : [];
    })
    .sort((x, y) => Number(y.matches) - Number(x.matches));
}

/** Observations that know nothing of each other: what every interval but two assumes. */
import { bootstrap } from "../../../analysis/statistics/bootstrap/bootstrap.ts";
import { cliffsDelta } from "../../../analysis/statistics/effects/cliffs-delta.ts";
import { differenceOfMediansInterval } from "../../../analysis/statistics/effects/difference-of-medians.ts";
import { hodgesLehmann } from "../../../analysis/statistics/effects/hodges-lehmann.ts";
import { ratio } from "../../../analysis/statistics/effects/ratio.ts";
import { walshAverage } from "../../../analysis/statistics/effects/walsh-average.ts";
import { mean } from "../../../analysis/statistics/one-sample/mean.ts";
import { meanInterval } from "../../../analysis/statistics/one-sample/mean-interval.ts";
import { median } from "../../../analysis/statistics/one-sample/median.ts";
import { quantileInterval } from "../../../analysis/statistics/one-sample/quantile-interval.ts";
import { type SortedSamples, sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { type Design, drawn, exact, options, resampling, toMean, toMedian, toQuantile, toShift } from "./design.ts";
import { recorded, scaled, shifted } from "./populations.ts";

interface TwoSamples {
  readonly b: SortedSamples;
  readonly larger: SortedSamples;
  readonly scaled: SortedSamples;
  /** In the order drawn. */
  readonly pairs: readonly (readonly [a: number, b: number])[];
}

export const independent: Design<TwoSamples> = {
  name: "independent",
  draw: (population, n, normal) => {
    const ofB = drawn(n, () => recorded(population, normal()));
    const others = drawn(n, normal);
    const larger = others.map((z) => shifted(population, z));
    return {
      b: sortedSamples(ofB),
      larger: sortedSamples(larger),
      scaled: sortedSamples(others.map((z) => scaled(population, z))),
      pairs: larger.map((value, index) => [value, ofB[index] as number] as const),
    };
  },
  candidates: [
    exact("mean, t", ({ b }) => meanInterval(b), toMean),
    exact("median, order statistics", ({ b }) => quantileInterval(b, 0.5)?.interval ?? null, toMedian),
    exact("75th percentile, order statistics", ({ b }) => quantileInterval(b, 0.75)?.interval ?? null, toQuantile(0.75)),
    exact("90th percentile, order statistics", ({ b }) => quantileInterval(b, 0.9)?.interval ?? null, toQuantile(0.9)),
    resampling("mean, BCa", ({ b }, seed) => bootstrap(b, mean, options(seed))?.interval ?? null, toMean),
    resampling("median, BCa", ({ b }, seed) => bootstrap(b, median, options(seed))?.interval ?? null, toMedian),
    exact("shift, Hodges-Lehmann", ({ larger, b }) => hodgesLehmann(larger, b).interval, toShift),
    exact(
      "ratio, Hodges-Lehmann of logarithms",
      ({ scaled, b }) => ratio(scaled, b).interval,
      ({ factor }) => factor,
    ),
    exact(
      "Cliff's delta",
      ({ larger, b }) => cliffsDelta(larger, b).interval,
      ({ delta }) => delta,
    ),
    exact("difference of medians, order statistics", ({ larger, b }) => differenceOfMediansInterval(larger, b), toShift),
    exact("shift within pairs, Walsh averages", ({ pairs }) => walshAverage(pairs).interval, toShift),
  ],
};

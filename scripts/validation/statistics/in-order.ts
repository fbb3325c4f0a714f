/** Observations in order of collection, each dependent on the one before. */
import { dependentMeanInterval } from "../../../analysis/statistics/dependence/dependent-mean-interval.ts";
import { dependentMedianInterval } from "../../../analysis/statistics/dependence/dependent-median-interval.ts";
import { meanInterval } from "../../../analysis/statistics/one-sample/mean-interval.ts";
import { quantileInterval } from "../../../analysis/statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { type Design, drawn, exact, toMean, toMedian } from "./design.ts";
import { recorded } from "./populations.ts";

/** An autoregressive series of normal numbers, taken to the population's times. */
export const inOrder = (correlation: number): Design<readonly number[]> => ({
  name: `in order, each correlated ${correlation} with the one before`,
  draw: (population, n, normal) => {
    let z = normal();
    return drawn(n, () => {
      z = correlation * z + Math.sqrt(1 - correlation ** 2) * normal();
      return recorded(population, z);
    });
  },
  candidates: [
    exact("mean, t", (rows) => meanInterval(sortedSamples(rows)), toMean),
    exact("mean, long-run variance", dependentMeanInterval, toMean),
    exact("median, order statistics", (rows) => quantileInterval(sortedSamples(rows), 0.5)?.interval ?? null, toMedian),
    exact("median, effective n of ranks", dependentMedianInterval, toMedian),
  ],
});

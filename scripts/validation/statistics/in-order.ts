/** Observations in order of collection, each dependent on the one before. */
import { blockBootstrap } from "../../../analysis/statistics/bootstrap/block-bootstrap.ts";
import { resampledMedian } from "../../../analysis/statistics/bootstrap/resampled-median.ts";
import { meanInterval } from "../../../analysis/statistics/one-sample/mean-interval.ts";
import { quantileInterval } from "../../../analysis/statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { type Design, drawn, exact, meanOf, options, resampling, toMean, toMedian } from "./design.ts";
import { recorded } from "./populations.ts";

const CORRELATION = 0.5;

/** An autoregressive series of normal numbers, taken to the population's times. */
export const inOrder: Design<readonly number[]> = {
  name: `in order, each correlated ${CORRELATION} with the one before`,
  draw: (population, n, normal) => {
    let z = normal();
    return drawn(n, () => {
      z = CORRELATION * z + Math.sqrt(1 - CORRELATION ** 2) * normal();
      return recorded(population, z);
    });
  },
  candidates: [
    exact("mean, t", (rows) => meanInterval(sortedSamples(rows)), toMean),
    resampling(
      "mean, block bootstrap",
      (rows, s) => blockBootstrap(rows.length, meanOf(rows), options(s))?.interval ?? null,
      toMean,
    ),
    exact("median, order statistics", (rows) => quantileInterval(sortedSamples(rows), 0.5)?.interval ?? null, toMedian),
    resampling(
      "median, block bootstrap",
      (rows, s) => blockBootstrap(rows.length, resampledMedian(rows), options(s))?.interval ?? null,
      toMedian,
    ),
  ],
};

/** How much sessions differ, and the smallest difference that so many of them would find. */
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { mean } from "../../../analysis/statistics/one-sample/mean.ts";
import { median } from "../../../analysis/statistics/one-sample/median.ts";
import { standardDeviation } from "../../../analysis/statistics/one-sample/standard-deviation.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import type { Measured } from "./regroup.ts";

export interface Levels {
  /** Geometric mean of the sessions' medians of warm starts. */
  readonly median_ms: number;
  /** Standard deviation of their logarithms; within rounds that of the differences, over √2. */
  readonly sd: number;
  /** As a share: found in four of five comparisons of k against k, by t at 5 %. */
  readonly smallest: (k: number) => number;
}

const POWER = 0.8;

/** @param partner measured in turns with it: what a round's sessions have in common falls out */
export function levels(measured: Measured, sessions: readonly number[], partner?: Measured): Levels {
  const own = sessions.flatMap((session) => {
    const log = logMedian(measured, session);
    return log === null ? [] : [{ session, log }];
  });
  const differences = own.flatMap(({ session, log }) => {
    const other = partner && logMedian(partner, partnerOf(measured, partner, session));
    return other === undefined || other === null ? [] : [(log - other) / Math.SQRT2];
  });
  const sd = standardDeviation(sortedSamples(partner === undefined ? own.map(({ log }) => log) : differences)) ?? 0;
  return {
    median_ms: Math.exp(mean(sortedSamples(own.map(({ log }) => log)))),
    sd,
    smallest: (k) => {
      const df = partner === undefined ? 2 * (k - 1) : k - 1;
      return Math.expm1((tQuantile(0.975, df) + tQuantile(POWER, df)) * sd * Math.sqrt(2 / k));
    },
  };
}

function partnerOf({ manifest }: Measured, partner: Measured, session: number): number {
  const round = manifest.sessions.find((each) => each.session === session)?.round;
  return partner.manifest.sessions.find((each) => each.round === round)?.session ?? 0;
}

function logMedian({ rows }: Measured, session: number): number | null {
  const times = rows.flatMap((row) =>
    row.session === session && row.mode === "warm" && !row.warmup && row.outcome === "ok" && row.entry_acts_ns !== null
      ? [row.entry_acts_ns / 1e6]
      : [],
  );
  return times.length === 0 ? null : Math.log(median(sortedSamples(times)));
}

/** The last line of a program of exchanges → what its row says of them. */
import type { networkTable } from "../../research/tables/network.ts";
import { nanoseconds } from "../../research/units.ts";
import { between, type Marks } from "./marks.ts";
import { nearestRank } from "./quantiles.ts";

export type RoundTrips = typeof networkTable.unmeasured;

/** @throws Error when the line is not there, or is none of numbers */
export function roundTrips(marks: Marks): RoundTrips {
  const [lost, ...times] = (marks.lines.at(-1)?.text ?? "").split(" ").map(Number);
  if (lost === undefined || ![lost, ...times].every(Number.isSafeInteger))
    throw new Error("the workload did not write its round trips");
  const sorted = times.sort((a, b) => a - b);
  return {
    exchanges: sorted.length,
    lost,
    min_ns: nearestRank(sorted, 0),
    median_ns: nearestRank(sorted, 0.5),
    p90_ns: nearestRank(sorted, 0.9),
    p99_ns: nearestRank(sorted, 0.99),
    max_ns: nearestRank(sorted, 1),
    sum_ns: nanoseconds(sorted.reduce((sum, time) => sum + time, 0)),
    clock: marks.clock,
    series_ns: between(marks, "begin", "end"),
  };
}

/** What is known of a series of round trips: the same of every peer. */

import { type Column, count, duration, oneOf, optional } from "../../csv/cells.ts";
import { CLOCKS } from "../../protocol.ts";

export const roundTripColumns = {
  exchanges: optional(count("number of exchanges that were answered")),
  lost: optional(count("number that were not answered within a second")),
  min_ns: optional(duration("shortest round trip, by CLOCK_MONOTONIC read in the container")),
  median_ns: optional(duration("median: half of the round trips took no longer")),
  p90_ns: optional(duration("nine of ten took no longer")),
  p99_ns: optional(duration("99 of 100 took no longer")),
  max_ns: optional(duration("longest round trip")),
  sum_ns: optional(duration("sum of all round trips")),
  clock: optional(oneOf(CLOCKS, "what stamped the marks of series_ns")),
  series_ns: optional(
    duration("between the marks around all exchanges, including the program's own work: never less than sum_ns"),
  ),
};

type RoundTripRow = {
  readonly [C in keyof typeof roundTripColumns]: (typeof roundTripColumns)[C] extends Column<infer T> ? T : never;
};

/** From the shortest to the longest: each is one of the exchanges. */
const QUANTILES = ["min_ns", "median_ns", "p90_ns", "p99_ns", "max_ns"] as const;

/** What is impossible about a series of round trips; `undefined` where nothing is. */
export function roundTripCheck(row: RoundTripRow): string | undefined {
  const { exchanges, sum_ns } = row;
  const times = QUANTILES.flatMap((name) => (row[name] === null ? [] : [{ name, time: row[name] }]));
  if (exchanges === 0 && times[0] !== undefined) return `${times[0].name} without any exchange`;
  for (const [index, { name, time }] of times.entries()) {
    const lower = times[index - 1];
    if (lower !== undefined && time < lower.time) return `${name} ${time} is less than ${lower.name} ${lower.time}`;
  }
  const { min_ns, max_ns, series_ns } = row;
  if (sum_ns !== null && series_ns !== null && series_ns < sum_ns) return `series_ns ${series_ns} is less than sum_ns ${sum_ns}`;
  if (exchanges === null || sum_ns === null || min_ns === null || max_ns === null) return undefined;
  return sum_ns < exchanges * min_ns || sum_ns > exchanges * max_ns
    ? `sum_ns ${sum_ns} of ${exchanges} exchanges between min_ns ${min_ns} and max_ns ${max_ns}`
    : undefined;
}

/** What is known of a series of round trips: the same of every peer. */

import { type Column, count, duration, oneOf, optional } from "../../csv/cells.ts";
import { CLOCKS, type Outcome } from "../../protocol.ts";
import { tooShort, type WrongCell } from "../../table.ts";
import { SHORTEST_CALL_NS } from "./shortest.ts";

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
    duration(
      "between the marks around all exchanges, including the program's own work: never less than sum_ns by the kernel's clock",
    ),
  ),
};

type RoundTripRow = {
  readonly [C in keyof typeof roundTripColumns]: (typeof roundTripColumns)[C] extends Column<infer T> ? T : never;
} & { readonly outcome: Outcome; readonly reason: string | null };

/** From the shortest to the longest: each is one of the exchanges. */
const QUANTILES = ["min_ns", "median_ns", "p90_ns", "p99_ns", "max_ns"] as const;

const MEASURED = [...QUANTILES, "sum_ns"] as const;
/** Those between, by nearest rank, with the percentage of the exchanges that took no longer. */
const RANKED = [
  ["median_ns", 50],
  ["p90_ns", 90],
  ["p99_ns", 99],
] as const;

/** What is impossible about a series of round trips; `undefined` where nothing is. */
export function roundTripCheck(row: RoundTripRow): string | WrongCell | undefined {
  const { exchanges, sum_ns } = row;
  if (row.outcome === "ok" && exchanges === 0 && row.lost === 0)
    return "the outcome is ok, without any exchange, answered or lost";
  const times = QUANTILES.flatMap((name) => (row[name] === null ? [] : [{ name, time: row[name] }]));
  if (exchanges === 0 && times[0] !== undefined) return `${times[0].name} without any exchange`;
  for (const [index, { name, time }] of times.entries()) {
    const lower = times[index - 1];
    if (lower !== undefined && time < lower.time) return `${name} ${time} is less than ${lower.name} ${lower.time}`;
  }
  if (times[0]?.time === 0) return `${times[0].name} 0: no exchange takes no time`;
  if (times[0] !== undefined && times[0].time < SHORTEST_CALL_NS)
    return tooShort(times[0].name, times[0].time, SHORTEST_CALL_NS, "ns");
  const missing = MEASURED.find((name) => row[name] === null);
  if (row.outcome === "ok" && row.reason === null && (exchanges ?? 0) > 0 && missing)
    return `${exchanges} exchanges without ${missing} and without a reason`;
  const { min_ns, max_ns, series_ns } = row;
  const other = times.find(({ time }) => time !== times[0]?.time);
  if (exchanges === 1 && times[0] && other)
    return `${other.name} ${other.time} and ${times[0].name} ${times[0].time} of one exchange`;
  // The client may read the first mark later than it was written by more than the program's own work.
  if (row.clock === "kernel" && sum_ns !== null && series_ns !== null && series_ns < sum_ns)
    return `series_ns ${series_ns} is less than sum_ns ${sum_ns}`;
  if (exchanges === null || sum_ns === null || min_ns === null || max_ns === null) return undefined;
  if (sum_ns < exchanges * min_ns || sum_ns > exchanges * max_ns)
    return `sum_ns ${sum_ns} of ${exchanges} exchanges between min_ns ${min_ns} and max_ns ${max_ns}`;
  const wrong = RANKED.find(([name, per]) => {
    const time = row[name];
    if (time === null) return false;
    const rank = Math.ceil((per * exchanges) / 100); // as many took no longer; the one of this rank and those after it no less
    const least = (rank - 1) * min_ns + (exchanges - rank + 1) * time;
    return sum_ns < least || sum_ns > rank * time + (exchanges - rank) * max_ns;
  });
  return (
    wrong && `sum_ns ${sum_ns} of ${exchanges} exchanges with ${wrong[0]} ${row[wrong[0]]}, min_ns ${min_ns}, max_ns ${max_ns}`
  );
}

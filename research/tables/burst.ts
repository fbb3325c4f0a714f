import { count, duration, optional } from "../csv/cells.ts";
import type { Check } from "../table.ts";
import type { Nanoseconds } from "../units.ts";
import { startColumns } from "./columns/milestone-columns.ts";
import { numberedStarts } from "./columns/numbered-starts.ts";
import { readyCheck, readyColumns } from "./columns/ready-columns.ts";
import { startCheck, TIMEOUT_NS } from "./columns/start-check.ts";
import { defineTrialTable, isSameTrial, type TrialOutcome, type TrialPlace } from "./columns/trial-table.ts";

export const BURST_SIZES = [1, 2, 4, 8, 16] as const;

export const burstTable = defineTrialTable(
  "burst",
  "One row per start of several that are all intended for the same moment; a burst is one trial with as many rows. Milestones as in startup.csv, since create_sent; late_ns + entry_acts_ns is the time since the intended moment.",
  { size: count("number of starts in the burst", 1) },
  {
    start: optional(count("number of the start within the burst, from 1, in the order of sending", 1)),
    late_ns: optional(duration("from the intended moment until create_sent")),
    ...startColumns,
    ...readyColumns,
  },
  {
    part: ["start"],
    needs: ["start", "late_ns"],
    // One that could not be tried has a row without the number of a start.
    isWhole: (rows) => rows[0]?.start === "" || rows.length === Number(rows[0]?.size),
    checks: [
      startCheck,
      readyCheck,
      ({ start, size }) => (start !== null && start > size ? `start ${start} of a burst of ${size}` : undefined),
      ({ late_ns }) =>
        late_ns !== null && late_ns > TIMEOUT_NS
          ? `late_ns ${late_ns} is longer than the ${TIMEOUT_NS / 1e9} s after which a start is stopped`
          : undefined,
    ],
    acrossRows: () => {
      const [number, moment] = [numberedStarts(), intendedTogether()];
      return (row) => {
        const [other, early] = [number(row), moment(row)];
        return other ?? early;
      };
    },
  },
);

interface Late extends TrialPlace, Pick<TrialOutcome, "started_unix_ns"> {
  readonly late_ns: Nanoseconds | null;
}

/** The wall clock is read once for a burst: all its starts were intended for the same nanosecond of it. */
function intendedTogether(): Check<Late> {
  let last: Late | undefined;
  return (row) => {
    if (row.late_ns === null) return undefined;
    const before = last;
    last = row;
    if (before === undefined || before.late_ns === null || !isSameTrial(row, before)) return undefined;
    const began = Number(row.started_unix_ns - before.started_unix_ns);
    const late = row.late_ns - before.late_ns;
    if (began === late) return undefined;
    const why = "a burst is intended for one moment: its starts began as much later than others as they were late";
    // Starts that are that far apart are in no burst.
    return Math.abs(began) > TIMEOUT_NS
      ? {
          ...{ column: "started_unix_ns", value: `${row.started_unix_ns}` },
          ...{ expected: `${before.started_unix_ns + BigInt(late)}`, why },
        }
      : { column: "late_ns", value: `${row.late_ns}`, expected: `${before.late_ns + began}`, why };
  };
}

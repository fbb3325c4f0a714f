import { duration, optional } from "../csv/cells.ts";
import type { Check, CompleteCheck } from "../table.ts";
import type { Nanoseconds } from "../units.ts";
import { CAUSE_COLUMNS } from "./columns/cause-columns.ts";
import { imageColumn } from "./columns/image-column.ts";
import { SHORTEST_START_NS } from "./columns/shortest.ts";
import { defineTrialTable, isSameTrial } from "./columns/trial-table.ts";

export const whyTable = defineTrialTable(
  "why",
  "A warm start split by what it waited for: one row for each phase, cause, program and place; the times of a trial add up to its total_ns exactly. Recorded with the scheduler's events, which cost time: compare no total with that of startup.",
  { image: imageColumn },
  {
    total_ns: optional(duration("create_sent to entry_acts; the same in every row of the trial")),
    phase: optional(CAUSE_COLUMNS.phase),
    cause: optional(CAUSE_COLUMNS.cause),
    program: optional(CAUSE_COLUMNS.program),
    place: CAUSE_COLUMNS.place,
    ns: optional(duration("time spent so")),
  },
  {
    part: ["phase", "cause", "program", "place"],
    needs: ["total_ns", "phase", "cause", "program", "ns"],
    shortest: { total_ns: SHORTEST_START_NS },
    acrossRows: oneStart,
    isWhole: (rows) =>
      rows[0]?.outcome !== "ok" || rows.reduce((sum, { ns }) => sum + Number(ns), 0) === Number(rows[0].total_ns),
    complete: sumsToTotal,
  },
);

export type WhyRow = ReturnType<typeof whyTable.parse>[number];

interface Share {
  readonly trial: number;
  readonly session: number;
  readonly outcome: string;
  readonly total_ns: Nanoseconds | null;
  readonly ns: Nanoseconds | null;
}

const OF_THE_TRIAL = ["total_ns", "outcome"] as const;

function oneStart(): Check<Share> {
  let last: Share | undefined;
  return (row) => {
    const before = last;
    last = row;
    if (before === undefined || !isSameTrial(row, before)) return undefined;
    const other = OF_THE_TRIAL.find((column) => row[column] !== before[column]);
    return other && `${other} ${row[other]} and ${before[other]} in one trial`;
  };
}

/** The rows of a trial follow each other; once another begins, or the file ends, they must have added up. */
function sumsToTotal(): CompleteCheck<Share> {
  let [last, sum]: [Share | undefined, number] = [undefined, 0];
  return (next) => {
    const before = last;
    const [total, isSame] = [sum, next !== undefined && isSameTrial(next, before)];
    [last, sum] = [next, (isSame ? sum : 0) + (next?.ns ?? 0)];
    return isSame || before?.outcome !== "ok" || total === before.total_ns
      ? undefined
      : `the times of trial ${before.trial} of session ${before.session} add up to ${total}, its total_ns is ${before.total_ns}`;
  };
}

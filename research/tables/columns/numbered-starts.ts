import type { WrongCell } from "../../table.ts";
import { isSameTrial, type TrialPlace } from "./trial-table.ts";

interface NumberedStart extends TrialPlace {
  readonly start: number | null;
}

/** The starts of a trial, in the order of its rows, are numbered one by one; one that could not be tried has no number. */
export function numberedStarts(): (row: NumberedStart) => WrongCell | undefined {
  let last: NumberedStart | undefined;
  return (row) => {
    const before = last;
    last = row;
    // A row that was moved from one trial to another is told as such.
    if (before === undefined || before.start === null || row.start === null || !isSameTrial(row, before)) return undefined;
    if (row.start === before.start + 1) return undefined;
    return {
      ...{ column: "start", value: `${row.start}`, expected: `${before.start + 1}` },
      why: "the starts of a trial are numbered in the order of their rows",
    };
  };
}

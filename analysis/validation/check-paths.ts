/** Critical paths against the rows of why.csv: what a start waited for is the same in both, to the nanosecond. */
import type { WhyRow } from "../../research/tables/why.ts";
import type { WhyPathRow } from "../../research/tables/why-path.ts";
import { defect, type Problem } from "./problem.ts";

type Where = Pick<WhyRow, "session" | "trial" | "image" | "phase" | "cause" | "program" | "place">;

/** Sees the rows of why.csv as they pass. */
export interface PathChecker {
  readonly add: (row: WhyRow) => void;
  readonly end: () => Problem[];
}

/** @param file the paths' name within the folder */
export function pathChecker(paths: Iterable<WhyPathRow>, file: string): PathChecker {
  const trials = new Map<string, Map<string, number>>();
  const keyOf = ({ session, trial }: Where): string => `trial ${trial} of session ${session}`;
  const add = (row: Where, ns: number): void => {
    const times = trials.get(keyOf(row)) ?? new Map<string, number>();
    trials.set(keyOf(row), times);
    const where = [row.image, row.phase, row.cause, row.program, row.place].join(", ");
    times.set(where, (times.get(where) ?? 0) + ns);
  };
  for (const row of paths) add(row, row.end_ns - row.begin_ns);
  return {
    add: (row) => {
      if (trials.has(keyOf(row))) add(row, -(row.ns ?? 0));
    },
    end: () =>
      [...trials].flatMap(([trial, times]) => {
        const [other] = [...times].filter(([, ns]) => ns !== 0);
        if (other === undefined) return [];
        const [where, ns] = other;
        const what = `the path of ${trial} has ${ns} ns more than its rows in why.csv`;
        return [defect("table", { file, value: where, what, expected: "the same times in both" })];
      }),
  };
}

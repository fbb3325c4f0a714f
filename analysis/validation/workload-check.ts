/** How much a trial does is not measured but given, by the program: the same in all trials of a session, and as its plan has it. */
import type { Session } from "../../research/manifest.ts";
import type { AnyRow } from "../../research/tables/catalogue.ts";
import type { Say } from "./problem.ts";

interface Given {
  readonly column: string;
  readonly of: (row: AnyRow) => number | null;
  /** As the plan's words begin, where they tell it; older files have none. */
  readonly words: RegExp;
}

const GIVEN: Readonly<Partial<Record<string, Given>>> = {
  metadata: { column: "files", of: (row) => ("files" in row ? row.files : null), words: /^(\d+) files\b/ },
  write: { column: "bytes", of: (row) => ("write_ns" in row ? row.bytes : null), words: /^(\d+) pieces of (\d+) bytes\b/ },
};

/** @param experiment whose table it is @returns for the rows of a session, one after the other; `undefined` where nothing is given */
export function workloadCheck({ experiments = [] }: Session, experiment: string): ((row: AnyRow, say: Say) => void) | undefined {
  const given = GIVEN[experiment];
  if (given === undefined) return undefined;
  const { column, of, words } = given;
  const [, ...numbers] = words.exec(experiments.find(({ name }) => name === experiment)?.workload ?? "") ?? [];
  const planned = numbers.length === 0 ? undefined : numbers.reduce((product, number) => product * Number(number), 1);
  let first: number | undefined;
  return (row, say) => {
    const value = of(row);
    if (row.outcome !== "ok" || value === null) return;
    const expected = planned ?? first;
    first ??= value;
    const what = planned === undefined ? "the trials of a session do the same" : "the session's plan has another number";
    if (expected !== undefined && value !== expected) say(column, `${value}`, what, `${expected}`);
  };
}

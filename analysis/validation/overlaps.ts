/**
 * Trials one after the other: a trial begins when the one before it has ended. A clock may be set back while one runs, once in
 * a while and by no more than a time server corrects; where every other trial begins too early, they did not take so long.
 */
import type { AnyRow, AnyTable } from "../../research/tables/catalogue.ts";
import { CLOCK_STEP_NS } from "./session-check.ts";

type Say = (column: string, value: string, line: number | null, what: string, expected: string) => void;

/** What is no matter of clocks that are read one after the other, or slewed, by half as much at most. */
const SET_BACK_NS = 1e9;
const SLEW_SHARE = 0.001;
const [MOST_OFTEN, MOST_SHARE] = [5, 0.05];

/** Whether each trial is of a call of its own, and begins with it: others share a container, and what is timed in it is a part. */
const areOneByOne = ({ name, columns }: AnyTable): boolean =>
  name.startsWith("study-") || ["create_sent_ns", "stop_sent_ns", "layer"].some((column) => column in columns);

export interface Overlaps {
  /** @param took how long the trial before it took, in ns, the longest of its rows */
  readonly add: (row: AnyRow, isNew: boolean, took: number, line: number | null) => void;
  readonly end: () => void;
}

export function overlaps(table: AnyTable, say: Say): Overlaps {
  const isOneByOne = areOneByOne(table);
  let [trials, early, first]: [number, number, (() => void) | undefined] = [0, 0, undefined];
  let session: number | undefined;
  /** The earliest of the trial's rows. */
  let begun = 0n;
  const end = (): void => {
    if (early > MOST_OFTEN && early > trials * MOST_SHARE) first?.();
    [trials, early, first] = [0, 0, undefined];
  };
  const follow = ({ started_unix_ns }: AnyRow, took: number, line: number | null): void => {
    trials += 1;
    const over = took - Number(started_unix_ns - begun);
    if (over <= SET_BACK_NS + took * SLEW_SHARE) return;
    early += 1;
    const what = `the trial before it, begun at ${begun}, took ${took} ns, and had not ended`;
    const told = (): void => say("started_unix_ns", `${started_unix_ns}`, line, what, "trials one after the other");
    if (over > Number(CLOCK_STEP_NS)) told();
    else first ??= told;
  };
  const add: Overlaps["add"] = (row, isNew, took, line) => {
    if (!isOneByOne) return;
    if (row.session !== session) end();
    else if (isNew && took > 0) follow(row, took, line);
    if (isNew || row.started_unix_ns < begun) begun = row.started_unix_ns;
    session = row.session;
  };
  return { add, end };
}

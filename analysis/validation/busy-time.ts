/** How long the trials of each session took one after the other: longer than the session no part of it can have lasted. */
import type { AnyRow, AnyTable } from "../../research/tables/catalogue.ts";

/** Bounds of errors, times of processors, and what is between or beside trials. */
const BESIDE = /error|empty|gap|usage|throttled|late|evict/;

/** What a start ends with, one of them later than all else. */
const ENDS: ReadonlySet<string> = new Set(["entry_acts_ns", "wait_done_ns", "removed_ns", "wall_ns"]);

export function busyTime(table: AnyTable): {
  /** @returns how long the trial took that ended with this row's beginning, in ns; 0 where none did */
  readonly add: (row: AnyRow, isNew: boolean) => number;
  /** In ns, by session. */
  readonly end: () => ReadonlyMap<number, number>;
} {
  const all = Object.entries(table.columns).flatMap(([name, { unit }]) => (unit === "ns" && !BESIDE.test(name) ? [name] : []));
  const times = all.includes("create_sent_ns") ? all.filter((name) => ENDS.has(name)) : all;
  const busy = new Map<number, number>();
  let [longest, session] = [0, 0];
  const endTrial = (): number => {
    const took = longest;
    if (took > 0) busy.set(session, (busy.get(session) ?? 0) + took);
    longest = 0;
    return took;
  };
  return {
    add: (row, isNew) => {
      const took = isNew ? endTrial() : 0;
      session = row.session;
      const cells = row as unknown as Readonly<Record<string, number | null>>;
      // The rows of a trial may be of the same time.
      for (const name of times) {
        const time = cells[name];
        if (time !== null && time !== undefined && time > longest) longest = time;
      }
      return took;
    },
    end: () => {
      endTrial();
      return busy;
    },
  };
}

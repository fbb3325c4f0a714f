/** How many rows the trials of a table have, where one may have several: a trial that was cut has fewer. */
import type { AnyRow } from "../../research/tables/catalogue.ts";

interface Sized {
  readonly line: number | null;
  readonly found: number;
  readonly expected: number;
  readonly what: string;
}

interface Counting {
  readonly line: number | null;
  rows: number;
  /** So far. */
  isOk: boolean;
}

export function trialSizes(): {
  readonly add: (row: AnyRow, condition: string, isNew: boolean, line: number | null) => void;
  readonly incomplete: () => Sized[];
} {
  const bursts: (Counting & { readonly size: number })[] = [];
  const others = new Map<string, Counting[]>();
  return {
    add: (row, condition, isNew, line) => {
      if ("late_ns" in row) {
        if (isNew) bursts.push({ line, size: row.size, rows: 0, isOk: false });
        const burst = bursts.at(-1) as (typeof bursts)[number];
        burst.rows += 1;
        burst.isOk ||= row.outcome === "ok";
      } else if ("start" in row) {
        const ofCondition = others.get(condition) ?? [];
        others.set(condition, ofCondition);
        const trial = isNew ? undefined : ofCondition.at(-1);
        if (trial === undefined) ofCondition.push({ line, rows: 1, isOk: row.outcome === "ok" });
        else {
          trial.rows += 1;
          trial.isOk &&= row.outcome === "ok";
        }
      }
    },
    incomplete: () => [
      ...shorterThanOthers(others),
      ...bursts
        .filter(({ isOk, rows, size }) => isOk && rows !== size)
        .map(({ line, rows, size }) => ({ line, found: rows, expected: size, what: "the burst lacks starts" })),
    ],
  };
}

/** A trial of density has so many starts; of one that failed in part nothing more may be known. */
const shorterThanOthers = (trials: ReadonlyMap<string, readonly Counting[]>): Sized[] =>
  [...trials.values()].flatMap((all) => {
    const alike = all.filter(({ isOk }) => isOk);
    const most = alike.reduce((largest, { rows }) => Math.max(largest, rows), 0);
    const what = "the trial lacks rows that others of its condition have";
    return alike.filter(({ rows }) => rows < most).map(({ line, rows }) => ({ line, found: rows, expected: most, what }));
  });

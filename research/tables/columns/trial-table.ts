/**
 * A table of an experiment other than startup: every one has the same leading columns, then what was measured, as it was
 * read, then the reason where something is missing.
 */
import { type ColumnsOf, count, flag, oneOf, optional, text, unixTimeNs } from "../../csv/cells.ts";
import { trialKeys } from "../../csv/keys.ts";
import { type ExperimentName, LONGEST_TRIAL, OUTCOMES, type Outcome } from "../../protocol.ts";
import { type Check, type CompleteCheck, defineTable, type Table, tooShort } from "../../table.ts";
import type { Milliseconds, UnixNs } from "../../units.ts";

export interface TrialPlace {
  readonly trial: number;
  readonly session: number;
  readonly block: number;
  readonly warmup: boolean;
}

export interface TrialOutcome {
  readonly outcome: Outcome;
  readonly container_id: string | null;
  readonly started_unix_ns: UnixNs;
}

/** Why something is missing; one line. */
interface Reason {
  readonly reason: string | null;
}

export type TrialRow<C, M> = TrialPlace & C & TrialOutcome & M & Reason;

export interface TrialTable<C, M> extends Table<TrialRow<C, M>> {
  /** Of its experiment. */
  readonly name: ExperimentName;
  readonly conditionColumns: readonly (keyof C & string)[];
  /** The columns that tell the rows of a trial apart, where it has several. */
  readonly part: readonly string[] | undefined;
  /** Of a table whose trials have several rows: whether these, the cells as they stand in the file, are all of a trial's. */
  readonly isWhole: IsWhole | undefined;
  /** A trial of which nothing was measured. */
  readonly unmeasured: M;
}

export type IsWhole = (rows: readonly Readonly<Record<string, string>>[]) => boolean;

/** As people and platform.json name it; the table has a column for each value. */
export const conditionName = <C>({ conditionColumns }: { readonly conditionColumns: readonly (keyof C & string)[] }, of: C) =>
  conditionColumns.map((column) => String(of[column])).join(" ");

const PLACE: ColumnsOf<TrialPlace> = {
  trial: count("number of the trial in this file, from 1; a trial may have several rows", 1),
  session: count(
    "session (blocks measured in one go, by one connection and one probe) of this platform, from 1; see platform.json",
    1,
  ),
  block: count("block within the session, from 1; warm-up blocks count too", 1),
  warmup: flag("true for the warm-up blocks: recorded, not summarised"),
};

const OUTCOME: ColumnsOf<TrialOutcome> = {
  outcome: oneOf(OUTCOMES, "ok; timeout and failed: the trial did not succeed; probe-lost: the kernel dropped trace events"),
  container_id: optional(
    text("the engine's id of the container; trials that share one follow each other", /^[0-9a-f]{64}$/, "64 hexadecimal digits"),
  ),
  started_unix_ns: unixTimeNs("wall-clock time at which the trial began"),
};

const REASON: ColumnsOf<Reason> = {
  reason: optional(text("why the outcome is not ok, or why a cell is empty", /^[^\p{Cc}]+$/u, "one line of text")),
};

/** What must hold for the rows of a table beside the form of their cells. */
interface Rules<C, M> {
  /** What tells the rows of a trial apart, where it has several: a column, or several together. */
  readonly part?: readonly (keyof M & string)[];
  /** What a row of outcome `ok` has measured, unless it gives a reason. */
  readonly needs?: readonly (keyof M & string)[];
  /** What takes time or space in every row of outcome `ok`. */
  readonly positive?: readonly (keyof M & string)[];
  /** As of {@link TrialTable}: a run that is killed while it writes may leave a trial without its last rows. */
  readonly isWhole?: IsWhole;
  /** In ns: what takes no less in any row of outcome `ok`. */
  readonly shortest?: NoInfer<Partial<Record<keyof M & string, number>>>;
  /** No duration of a trial is longer. */
  readonly longest?: Milliseconds;
  /** What is impossible about a row; `undefined` where nothing is. */
  readonly checks?: readonly Check<TrialRow<C, M>>[];
  /** The same, for what several rows say together; made for every file. */
  readonly acrossRows?: () => Check<TrialRow<C, M>>;
  /** The same, for what a trial's rows say only when all are there. */
  readonly complete?: () => CompleteCheck<TrialRow<C, M>>;
}

/** @param measured every column optional */
export function defineTrialTable<C, M>(
  name: ExperimentName,
  description: string,
  conditions: ColumnsOf<C>,
  measured: ColumnsOf<M>,
  {
    part,
    needs = [],
    positive = [],
    shortest = {},
    longest = LONGEST_TRIAL,
    checks = [],
    acrossRows,
    complete,
    isWhole,
  }: Rules<C, M> = {},
): TrialTable<C, M> {
  const columns = { ...PLACE, ...conditions, ...OUTCOME, ...measured, ...REASON } as unknown as ColumnsOf<TrialRow<C, M>>;
  const times = (Object.keys(measured) as (keyof M & string)[]).filter((column) => measured[column].unit === "ns");
  const floors = Object.entries(shortest) as [keyof M & string, number][];
  return {
    ...defineTable(name, description, columns, {
      checks: () => [
        trialKeys((row) => (part === undefined ? null : partOf<M>(row, part))),
        onePlace<TrialRow<C, M>>(Object.keys(conditions) as (keyof C & string)[]),
        (row) => {
          if (row.outcome !== "ok" || row.reason !== null) return undefined;
          const missing = needs.find((column) => row[column] === null);
          return missing && `the outcome is ok, without ${missing} and without a reason`;
        },
        (row) => {
          if (row.outcome !== "ok") return undefined;
          const zero = positive.find((column) => row[column] === 0);
          return zero && `the outcome is ok, with ${zero} 0`;
        },
        (row) => {
          const long = times.find((column) => ((row[column] as number | null) ?? 0) > longest * 1e6);
          return long && `${long} ${row[long]} is longer than the ${longest / 1000} s after which a trial is stopped`;
        },
        ...checks,
        (row) => {
          if (row.outcome !== "ok") return undefined;
          const short = floors.find(([column, least]) => ((row[column] as number | null) ?? least) < least);
          return short && tooShort(short[0], row[short[0]] as number, short[1], "ns");
        },
        ...(acrossRows === undefined ? [] : [acrossRows()]),
      ],
      ...(complete && { complete }),
    }),
    ...{ name, part, isWhole },
    conditionColumns: Object.keys(conditions) as (keyof C & string)[],
    unmeasured: Object.fromEntries(Object.keys(measured).map((column) => [column, null])) as M,
  };
}

/** Whether two rows that follow each other are of one trial. */
export const isSameTrial = (one: Pick<TrialPlace, "trial" | "session">, other: typeof one | undefined): boolean =>
  one.trial === other?.trial && one.session === other.session;

/** A trial is in one block and of one condition, whatever its rows are of. */
function onePlace<R extends TrialPlace>(conditions: readonly (keyof R & string)[]): Check<R> {
  let last: R | undefined;
  return (row) => {
    const before = isSameTrial(row, last) ? last : undefined;
    last = row;
    if (before === undefined) return undefined;
    if (row.block !== before.block) return `block ${row.block} and ${before.block} in one trial`;
    if (row.warmup !== before.warmup) return `warmup ${row.warmup} and ${before.warmup} in one trial`;
    const other = conditions.find((column) => row[column] !== before[column]);
    return other && `${other} ${row[other]} and ${before[other]} in one trial`;
  };
}

/** @returns `null` where the row is of no part: the trial has one row */
function partOf<R>(row: R, parts: readonly (keyof R)[]): string | null {
  const cells = parts.map((column) => row[column]);
  return cells.every((cell) => cell === null) ? null : cells.join(", ");
}

/** The rows of a table of ours against each other, and against what platform.json says of their sessions. */
import type { Session } from "../../research/manifest.ts";
import type { AnyRow, AnyTable } from "../../research/tables/catalogue.ts";
import { type StartupRow, startupCondition } from "../../research/tables/startup.ts";
import { blockCheck } from "./block-check.ts";
import { busyTime } from "./busy-time.ts";
import { containersSeen } from "./containers-seen.ts";
import { copiedRows } from "./copied-rows.ts";
import { overlaps } from "./overlaps.ts";
import { defect, type Problem } from "./problem.ts";
import { pulledBytes } from "./pulled-bytes.ts";
import { CLOCK_STEP_NS, type SessionCheck, sessionCheck } from "./session-check.ts";
import { trialSizes } from "./trial-sizes.ts";
import { workloadCheck } from "./workload-check.ts";

/** What the rows of a table come to. */
export interface CheckedRows {
  readonly problems: readonly Problem[];
  readonly rows: number;
  /** Of each session. */
  readonly ofSession: ReadonlyMap<number, number>;
  /** Trials that count, by session and condition: a trial of several rows is one. */
  readonly trials: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** How long they took one after the other, in ns, by session. */
  readonly busy_ns: ReadonlyMap<number, number>;
}

/** Sees the rows of a file as they pass, so that whoever reads them for their numbers need not read them twice. */
export interface RowChecker {
  /** @param line where the row is, if that is known */
  readonly add: (row: AnyRow, line: number | null) => void;
  /** What all rows came to. */
  readonly end: () => CheckedRows;
}

/** A table in which everything is wrong says nothing more with its hundredth line. */
const MOST_SAID = 20;

/** As platform.json names it. */
function conditionNamer(table: AnyTable): (row: AnyRow) => string {
  if (!("conditionColumns" in table)) return (row) => startupCondition(row as StartupRow);
  const columns: readonly string[] = table.conditionColumns;
  return (row) => {
    const cells = row as unknown as Readonly<Record<string, unknown>>;
    return columns.map((column) => String(cells[column])).join(" ");
  };
}

/** @param file its name within the folder */
export function rowChecker(table: AnyTable, sessions: readonly Session[], file: string): RowChecker {
  const problems: Problem[] = [];
  const described = new Map(
    sessions.map((session) => [session.session, { said: sessionCheck(session), given: workloadCheck(session, table.name) }]),
  );
  // In the order in which they were measured: what was left of one has a higher number than those after it.
  const rankOf = (number: number): number => sessions.findIndex(({ session }) => session === number);
  const conditionOf = conditionNamer(table);
  const ofSession = new Map<number, number>();
  const trials = new Map<number, Map<string, number>>();
  const isKnown = containersSeen();
  const sizes = trialSizes();
  const busy = busyTime(table);
  const isCopy = copiedRows(table);
  const places = new Map(sessions.map((session) => [session.session, blockCheck(session, table.name)]));
  let rows = 0;
  let last: AnyRow | undefined;
  let ofRow: { readonly said: SessionCheck; readonly given: ReturnType<typeof workloadCheck> } | undefined;
  const say = (column: string | null, value: string, line: number | null, what: string, expected: string): void => {
    if (problems.length < MOST_SAID) problems.push(defect("table", { file, line, column, value, what, expected }));
  };
  const together = overlaps(table, say);
  const pulled =
    table.name === "pull"
      ? pulledBytes(sessions, (value, line, what, expected) => say("bytes", value, line, what, expected))
      : undefined;
  const add = (row: AnyRow, line: number | null): void => {
    rows += 1;
    const before = last;
    last = row;
    const isNew = before?.trial !== row.trial || before.session !== row.session;
    const sameSession = before?.session === row.session;
    if (!sameSession) ofRow = described.get(row.session);
    const next = (before?.trial ?? 0) + 1;
    if (isNew && row.trial !== next)
      say("trial", `${row.trial}`, line, "trials are numbered in the order of measurement, without a gap", `${next}`);
    if (before !== undefined && !sameSession && rankOf(row.session) < rankOf(before.session))
      say("session", `${row.session}`, line, "sessions follow each other", `${before.session} or a later one`);
    if (sameSession && row.block < before.block)
      say("block", `${row.block}`, line, "blocks follow each other within a session", `${before.block} or a later one`);
    // The parts of a trial may have begun in any order.
    if (isNew && sameSession && row.started_unix_ns < before.started_unix_ns - CLOCK_STEP_NS) {
      const what = "the trial began before the one that precedes it";
      say("started_unix_ns", `${row.started_unix_ns}`, line, what, `${before.started_unix_ns} or later`);
    }
    if (ofRow === undefined)
      say("session", `${row.session}`, line, "platform.json does not describe this session", [...described.keys()].join(", "));
    else {
      const sayHere = (column: string, value: string, what: string, expected: string): void =>
        say(column, value, line, what, expected);
      ofRow.said(row, sayHere);
      ofRow.given?.(row, sayHere);
    }
    pulled?.add(row, line);
    ofSession.set(row.session, (ofSession.get(row.session) ?? 0) + 1);
    const condition = conditionOf(row);
    sizes.add(row, condition, isNew, line);
    const took = busy.add(row, isNew);
    together.add(row, isNew, took, line);
    if (isCopy(row, isNew)) say(null, `trial ${row.trial}`, line, "an earlier trial has the same times", "times of its own");
    if (isNew)
      places.get(row.session)?.(row, condition, (column, value, what, expected) => say(column, value, line, what, expected));
    if (isNew && !row.warmup) {
      const counts = trials.get(row.session) ?? new Map<string, number>();
      trials.set(row.session, counts);
      counts.set(condition, (counts.get(condition) ?? 0) + 1);
    }
    const known = isKnown(row, isNew, line);
    if (known === undefined) return;
    say("container_id", (row.container_id ?? "").slice(0, 12), line, known, "another container");
  };
  const end = (): CheckedRows => {
    pulled?.end();
    together.end();
    for (const { line, found, expected, what } of sizes.incomplete()) say(null, `${found} rows`, line, what, `${expected} rows`);
    return { problems, rows, ofSession, trials, busy_ns: busy.end() };
  };
  return { add, end };
}

/** The rows of a table of ours against each other, and against what platform.json says of their sessions. */
import type { Session } from "../../research/manifest.ts";
import type { TABLES } from "../../research/tables/catalogue.ts";
import type { TrialPlace } from "../../research/tables/columns/trial-table.ts";
import { type StartupRow, startupCondition } from "../../research/tables/startup.ts";
import { defect, type Problem } from "./problem.ts";

export type AnyTable = (typeof TABLES)[number];
type RowOf<T> = T extends { readonly parse: (...args: never[]) => (infer Row)[] } ? Row : never;
export type AnyRow = RowOf<AnyTable>;

/** What the rows of a table come to. */
export interface CheckedRows {
  readonly problems: readonly Problem[];
  readonly rows: number;
  /** Of each session. */
  readonly ofSession: ReadonlyMap<number, number>;
  /** Trials that count, by session and condition: a trial of several rows is one. */
  readonly trials: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

/** A table in which everything is wrong says nothing more with its hundredth line. */
const MOST_SAID = 20;
/** A client's wall clock may be set while it measures, by as much as a time server corrects. */
const CLOCK_STEP_MS = 60_000;
const CLOCK_STEP_NS = BigInt(CLOCK_STEP_MS) * 1_000_000n;

/** As platform.json names it. */
function conditionOf(table: AnyTable, row: AnyRow): string {
  if (!("conditionColumns" in table)) return startupCondition(row as StartupRow);
  const cells: Readonly<Record<string, unknown>> = { ...row };
  const columns: readonly string[] = table.conditionColumns;
  return columns.map((column) => String(cells[column])).join(" ");
}

export interface ReadRows {
  readonly rows: Iterable<AnyRow>;
  /** In the file, of the row that came last. */
  readonly line: () => number;
}

/** @param file its name within the folder */
export function checkRows(table: AnyTable, read: ReadRows, sessions: readonly Session[], file: string): CheckedRows {
  const problems: Problem[] = [];
  const described = new Map(sessions.map((session) => [session.session, session]));
  const ofSession = new Map<number, number>();
  const trials = new Map<number, Map<string, number>>();
  const containers = new Map<string, number>();
  let rows = 0;
  let last: (TrialPlace & { readonly started: bigint }) | undefined;
  const bursts: { readonly line: number; readonly size: number; rows: number; isOk: boolean }[] = [];
  const sizes = new Map<string, { readonly line: number; rows: number }[]>();
  const say = (column: string | null, value: string, line: number, what: string, expected: string): void => {
    if (problems.length < MOST_SAID) problems.push(defect("table", { file, line, column, value, what, expected }));
  };
  for (const row of read.rows) {
    rows += 1;
    const line = read.line();
    const isNew = last?.trial !== row.trial || last.session !== row.session;
    const next = (last?.trial ?? 0) + 1;
    if (isNew && row.trial !== next)
      say("trial", `${row.trial}`, line, "trials are numbered in the order of measurement, without a gap", `${next}`);
    if (last !== undefined && row.session < last.session)
      say("session", `${row.session}`, line, "sessions follow each other", `${last.session} or a later one`);
    if (last?.session === row.session && row.block < last.block)
      say("block", `${row.block}`, line, "blocks follow each other within a session", `${last.block} or a later one`);
    // The parts of a trial may have begun in any order.
    if (isNew && last?.session === row.session && row.started_unix_ns < last.started - CLOCK_STEP_NS)
      say(
        "started_unix_ns",
        `${row.started_unix_ns}`,
        line,
        "the trial began before the one that precedes it",
        `${last.started} or later`,
      );
    const session = described.get(row.session);
    if (session === undefined) {
      say("session", `${row.session}`, line, "platform.json does not describe this session", [...described.keys()].join(", "));
    } else {
      checkInSession(row, session, (column, value, what, expected) => say(column, value, line, what, expected));
    }
    ofSession.set(row.session, (ofSession.get(row.session) ?? 0) + 1);
    const condition = conditionOf(table, row);
    if ("late_ns" in row) {
      if (isNew) bursts.push({ line, size: row.size, rows: 0, isOk: false });
      const burst = bursts.at(-1) as (typeof bursts)[number];
      burst.rows += 1;
      burst.isOk ||= row.outcome === "ok";
    } else if (row.outcome === "ok" && ("start" in row || "layer" in row)) {
      // Of a trial that failed nothing but that may be known.
      const ofCondition = sizes.get(condition) ?? [];
      sizes.set(condition, ofCondition);
      const size = isNew ? undefined : ofCondition.at(-1);
      if (size === undefined) ofCondition.push({ line, rows: 1 });
      else size.rows += 1;
    }
    if (isNew) {
      if (!row.warmup) {
        const counts = trials.get(row.session) ?? new Map<string, number>();
        trials.set(row.session, counts);
        counts.set(condition, (counts.get(condition) ?? 0) + 1);
      }
    }
    if ("create_sent_ns" in row && row.container_id !== null) {
      const other = containers.get(row.container_id);
      if (other !== undefined)
        say(
          "container_id",
          row.container_id.slice(0, 12),
          line,
          `line ${other} started this container already`,
          "another container",
        );
      containers.set(row.container_id, line);
    }
    last = { ...row, started: row.started_unix_ns };
  }
  for (const { line, rows: found, most } of incomplete(sizes))
    say(null, `${found} rows`, line, "the trial lacks rows that others of its condition have", `${most} rows`);
  for (const { line, rows: found, size } of bursts.filter(({ isOk, rows: has, size: all }) => isOk && has !== all))
    say(null, `${found} rows`, line, "the burst lacks starts", `${size} rows`);
  return { problems, rows, ofSession, trials };
}

/** A trial of density has so many starts, and an image so many layers. */
const incomplete = (sizes: ReadonlyMap<string, readonly { readonly line: number; readonly rows: number }[]>) =>
  [...sizes.values()].flatMap((trials) => {
    const most = trials.reduce((largest, { rows }) => Math.max(largest, rows), 0);
    return trials.filter(({ rows }) => rows < most).map((trial) => ({ ...trial, most }));
  });

type Say = (column: string, value: string, what: string, expected: string) => void;

function checkInSession(row: AnyRow, { started, ended, probe, images }: Session, say: Say): void {
  const at = Number(row.started_unix_ns / 1_000_000n);
  const [from, to] = [Date.parse(started), ended === null ? Number.POSITIVE_INFINITY : Date.parse(ended)];
  if (at < from - CLOCK_STEP_MS || at > to + CLOCK_STEP_MS)
    say(
      "started_unix_ns",
      `${row.started_unix_ns}`,
      "the trial began outside its session",
      `${started} to ${ended ?? "its end"}`,
    );
  if (!("create_sent_ns" in row)) return;
  if (row.probe !== null && row.probe !== probe.name) say("probe", row.probe, "another probe than the session's", probe.name);
  if (row.clock_error_ns !== null && row.clock_error_ns < probe.resolution_ns)
    say(
      "clock_error_ns",
      `${row.clock_error_ns}`,
      "no time is better known than its probe resolves",
      `${probe.resolution_ns} or more`,
    );
  if ("mode" in row && "gap_ns" in row && !images.some(({ name }) => name === row.image))
    say("image", row.image, "platform.json does not describe this image", images.map(({ name }) => name).join(", "));
}

/** What the rows of a platform speak of, counted on their way to another analysis, so that they are read but once. */
import { actDoubt } from "../../research/act-rule.ts";
import type { StartupRow } from "../../research/tables/startup.ts";

export interface Census {
  rows: number;
  warmups: number;
  /** The first row, from 1, whose trial does not follow the one before it. */
  outOfOrder: number | null;
  /** Successful starts whose end is doubted ({@link actDoubt}), with the first row that is, from 1. */
  doubtful: number;
  firstDoubtful: { readonly row: number; readonly doubt: string } | null;
  /** Successful starts that the kernel watched and whose end is an upper bound all the same. */
  bounded: number;
  /** Rows by the session that they belong to. */
  readonly sessions: Map<number, number>;
  /** Rows by the image that they started. */
  readonly images: Map<string, number>;
}

export const emptyCensus = (): Census => ({
  ...{ rows: 0, warmups: 0, outOfOrder: null, doubtful: 0, firstDoubtful: null, bounded: 0 },
  ...{ sessions: new Map(), images: new Map() },
});

/** Hands the rows on as they come; the census is complete when the last was taken. */
export function* counted(rows: Iterable<StartupRow>, census: Census): Generator<StartupRow> {
  let last = 0;
  for (const row of rows) {
    census.rows += 1;
    if (row.trial !== last + 1) census.outOfOrder ??= census.rows;
    last = row.trial;
    if (row.warmup) census.warmups += 1;
    if (row.outcome === "ok") countAct(row, census);
    census.sessions.set(row.session, (census.sessions.get(row.session) ?? 0) + 1);
    census.images.set(row.image, (census.images.get(row.image) ?? 0) + 1);
    yield row;
  }
}

function countAct(row: StartupRow, census: Census): void {
  if (row.act_rule === "client-bound" && row.entry_exec_ns !== null) census.bounded += 1;
  const doubt = actDoubt({ entry_acts: row.entry_acts_ns, first_byte: row.first_byte_ns }, row.clock_error_ns);
  if (doubt === null) return;
  census.doubtful += 1;
  census.firstDoubtful ??= { row: census.rows, doubt };
}

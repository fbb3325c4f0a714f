import { describe, expect, test } from "vitest";
import { copyUpTable } from "../../research/tables/copy-up.ts";
import { densityTable } from "../../research/tables/density.ts";
import { memoryTable } from "../../research/tables/memory.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import { startupTable } from "../../research/tables/startup.ts";
import { studyDimensionsTable } from "../../research/tables/study/dimensions.ts";
import { studyPullTable } from "../../research/tables/study/pull.ts";
import { nanoseconds, unixNs } from "../../research/units.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { checkPlatform } from "./check-platform.ts";
import { rowChecker } from "./check-rows.ts";

/** Within {@link session}. */
const STARTED = unixNs(BigInt(Date.parse("2026-01-02T03:10:00.000Z")) * 1_000_000n);
const SESSION = session({ iterations: { warm: 2, cold: 0, warmup_blocks: 1 } });

function said(table: unknown, rows: readonly object[], of = SESSION): (string | null)[][] {
  const checker = rowChecker(table as never, [of], "x.csv");
  for (const [index, row] of rows.entries())
    checker.add({ trial: index + 1, started_unix_ns: STARTED, ...row } as never, index + 2);
  return checker.end().problems.map(({ line, column, what }) => [line === null ? null : String(line), column, what]);
}

const start = (fields: Partial<StartupRow>, slower = 1): object => {
  const { trial: _, started_unix_ns: __, ...row } = startupRow({ offsets_ms: scaled(WHOLE_START_MS, slower), ...fields });
  return row;
};

const warm = start({ block: 1, warmup: true });

describe("blocks", () => {
  test("have each condition once, behind those that warm up", () => {
    expect(said(startupTable, [warm, start({ block: 2 }), start({ block: 3 })])).toEqual([]);
    // An image is warmed again behind the cold starts of a block.
    expect(said(startupTable, [warm, start({ block: 2 }), start({ block: 2, warmup: true })])).toEqual([]);
    expect(said(startupTable, [warm, start({ block: 2 }), start({ block: 2 })])).toEqual([
      ["4", "block", "small warm is in this block already"],
    ]);
    expect(said(startupTable, [start({ block: 1 })])).toEqual([["2", "warmup", "the first 1 blocks warm up"]]);
  });

  test("are no more than were planned", () => {
    expect(said(startupTable, [warm, start({ block: 4 })])).toEqual([
      ["3", "block", "it is more than the session was to measure"],
    ]);
  });
});

test("a trial with the times of another was copied; those of a coarse clock may be the same", () => {
  const fine = start({ block: 2 }, 1.000_001_3);
  const twice = said(startupTable, [start({ block: 1, warmup: true }), fine, { ...fine, block: 3 }]);
  expect(twice).toEqual([["4", null, "an earlier trial has the same times"]]);
  expect(said(startupTable, [start({ block: 2 }), start({ block: 3 })])).toEqual([]);
});

test("trials of one block may share a container, of two blocks not", () => {
  const row = (block: number) => ({
    ...{ session: 1, block, warmup: false, storage: "layer", file_bytes: block, outcome: "ok", container_id: "a".repeat(64) },
    ...copyUpTable.unmeasured,
  });
  expect(said(copyUpTable, [row(1), { ...row(1), file_bytes: 9 }])).toEqual([]);
  expect(said(copyUpTable, [row(1), row(2)])).toEqual([["3", "container_id", "trials of another block had this container"]]);
});

test("no memory is more than the machine's, resident pages that of each container", () => {
  const of = (fields: object) => {
    const row = { session: 1, block: 1, warmup: false, population: "3", outcome: "ok", container_id: null, reason: null };
    const bytes = { containers: 3, rss_bytes: 1e10, pss_bytes: 1e9, cgroup_file_bytes: 1, cgroup_anon_bytes: 1 };
    return said(memoryTable, [{ ...row, ...bytes, ...fields }]).map(([, column]) => column);
  };
  expect(of({})).toEqual([]);
  for (const column of ["rss_bytes", "pss_bytes", "cgroup_file_bytes", "cgroup_anon_bytes"])
    expect(of({ [column]: 1e12 })).toEqual([column]);
});

test("nothing lasted longer between two trials than their session", () => {
  const of = (gap: number): (string | null)[][] => said(startupTable, [warm, start({ block: 2, gap_ns: nanoseconds(gap) })]);
  expect(of(1e9)).toEqual([]);
  expect(of(900e9 * 1000).map(([, column]) => column)).toEqual(["gap_ns"]);
});

test("a trial begins once the one before it has ended, but for what a clock may be set by", () => {
  const pull = (wall_s: number, block: number): object => {
    const place = { session: 1, warmup: false, image: "small", outcome: "ok", container_id: null, reason: null };
    return { ...place, block, wall_ns: nanoseconds(wall_s * 1e9) };
  };
  expect(said(studyPullTable, [pull(60, 1), pull(1, 2)], session())).toEqual([]);
  expect(said(studyPullTable, [pull(61, 1), pull(1, 2)], session())[0]).toEqual([
    ...["3", "started_unix_ns"],
    `the trial before it, begun at ${STARTED}, took 61000000000 ns, and had not ended`,
  ]);
});

test("of a trial of several starts the longest need not be the last", () => {
  const part = (trial: number, start: number, at_s: number, ends_s: number): object => {
    const started_unix_ns = unixNs(STARTED + BigInt(at_s) * 1_000_000_000n);
    const removed_ns = nanoseconds(ends_s * 1e9 + trial);
    return {
      ...startupRow({ started_unix_ns }),
      removed_ns,
      trial,
      start,
      idle: 0,
      block: trial,
    };
  };
  const two = [part(1, 1, 0, 200), part(1, 2, 201, 1), part(2, 1, 203, 1)];
  expect(said(densityTable, two, session()).filter(([, column]) => column === "started_unix_ns")).toEqual([]);
});

test("a clock is set back now and then, not in every other trial", () => {
  const trials = (backs: number, all: number): object[] =>
    Array.from({ length: all }, (_, index) => ({
      ...{ session: 1, warmup: false, dimension: "namespaces", subject: "namespace_create", outcome: "ok", container_id: null },
      ...{ block: index + 1, reason: null, started_unix_ns: unixNs(STARTED + BigInt(index) * 5_000_000_000n) },
      ...{ ...studyDimensionsTable.unmeasured, wall_ns: nanoseconds((index < backs ? 6.1e9 : 4.9e9) + index) },
    }));
  expect(said(studyDimensionsTable, trials(5, 20), session())).toEqual([]);
  expect(said(studyDimensionsTable, trials(6, 20), session()).map(([line, column]) => [line, column])).toEqual([
    ["3", "started_unix_ns"],
  ]);
  expect(said(studyDimensionsTable, trials(6, 200), session())).toEqual([]);
});

test("trials that took longer together than their session are in another unit", () => {
  const what = (seconds: number): string[] => {
    const sessions = [session({ iterations: { warm: 2, cold: 0, warmup_blocks: 0 } })];
    const checker = rowChecker(startupTable as never, sessions, "startup.csv");
    for (const trial of [1, 2]) {
      const started_unix_ns = unixNs(STARTED + BigInt(trial - 1) * 900_000_000_000n);
      const row = startupRow({ trial, block: trial, started_unix_ns, removed_ns: nanoseconds(seconds * 1e9) } as never);
      checker.add(row as never, null);
    }
    const problems = checkPlatform(manifest({ sessions }), "here", new Map([["startup", checker.end()]]), new Set());
    return problems.map((problem) => problem.what);
  };
  // Of half an hour, and a minute by which a clock may have been set.
  expect(what(930)).toEqual([]);
  expect(what(931)).toEqual(["the trials of session 1 took longer together than the session; are times in another unit?"]);
});

test("the trials of an experiment took no longer than the experiment, unless it was gone on with", () => {
  const of = (seconds: number, fields: object = {}): string[] => {
    const plan = { name: "startup" as const, conditions: ["small warm"], iterations: 2, warmup_blocks: 0, seconds };
    const sessions = [session({ iterations: { warm: 2, cold: 0, warmup_blocks: 0 }, experiments: [plan], ...fields })];
    const checker = rowChecker(startupTable as never, sessions, "startup.csv");
    for (const trial of [1, 2]) {
      const place = { trial, block: trial, started_unix_ns: STARTED };
      checker.add(startupRow({ ...place, removed_ns: nanoseconds(50e9 + trial) } as never) as never, null);
    }
    const problems = checkPlatform(manifest({ sessions }), "here", new Map([["startup", checker.end()]]), new Set());
    return problems.map(({ column, value }) => `${column} ${value}`);
  };
  expect(of(100)).toEqual([]);
  expect(of(98.6)).toEqual([]);
  expect(of(98)).toEqual(["sessions.0.experiments.0.seconds 98"]);
  const at = {
    at: "2026-01-02T03:20:00.000Z",
    tool: { version: "0.1.0", commit: null },
    engine_restarted: null,
    load_before: null,
  };
  expect(of(49, { continued: [at] })).toEqual([]);
});

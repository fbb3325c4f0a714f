/** A platform that nobody measured, for timing how fast one is read: the same bytes for the same seed. Never for results/. */
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { manifest, session, startupRow } from "../../analysis/testing/rows.ts";
import type { Milestone } from "../../research/milestones.ts";
import { type StartupRow, startupTable } from "../../research/tables/startup.ts";
import { nanoseconds, type UnixNs, unixNs } from "../../research/units.ts";

const IMAGES = ["small", "medium", "large"] as const;
const MODES = ["warm", "cold"] as const;
const STARTED = 1_790_000_000_000_000_000n;
const ROWS_A_WRITE = 1000;

/** The milestones of a start in their order, and the mean time in ms since the one before. */
const STEPS: readonly (readonly [Milestone, number])[] = [
  ["create_done", 14],
  ["start_sent", 1],
  ["shim_exec", 26],
  ["create_exec", 18],
  ["cgroup_first", 12],
  ["cgroup_joined", 12],
  ["namespaces_begin", 1],
  ["namespaces_done", 1],
  ["hook_begin", 15],
  ["hook_end", 120],
  ["rootfs_pivoted", 4],
  ["create_exit", 15],
  ["runtime_start_exec", 12],
  ["entry_exec", 9],
  ["entry_acts", 1],
  ["runtime_start_exit", 1],
  ["start_done", 1],
  ["first_byte", 1],
  ["entry_exit", 1],
  ["wait_done", 90],
  ["removed", 10],
];

/** Writes platform.json and a startup.csv of so many rows into the folder. */
export function writeSyntheticPlatform(folder: string, rows: number, seed: number, toolVersion: string): void {
  const images = IMAGES.map((name) => ({
    name,
    reference: `synthetic/${name}`,
    digest: `sha256:${"0".repeat(64)}`,
    size_bytes: 1,
  }));
  const described = manifest({
    label: "synthetic",
    sessions: [session({ seed, images, tool: { version: toolVersion, commit: null } })],
  });
  writeFileSync(join(folder, "platform.json"), JSON.stringify(described));
  const file = openSync(join(folder, "startup.csv"), "w");
  let lines = startupTable.header;
  let written = 0;
  for (const row of syntheticRows(rows, seed)) {
    lines += formatLine(row);
    written += 1;
    if (written % ROWS_A_WRITE !== 0 && written < rows) continue;
    writeSync(file, lines);
    lines = "";
  }
  closeSync(file);
}

const columns = Object.entries(startupTable.columns) as [keyof StartupRow, { format: (value: unknown) => string }][];
/** No cell of a synthetic row needs a quote, so that a million need not go through the CSV writer. */
const formatLine = (row: StartupRow): string => `${columns.map(([name, { format }]) => format(row[name])).join(",")}\n`;

/** Mostly whole starts; one in 200 failed, one in 100 without namespaces, the first twelve are warm-ups. */
function* syntheticRows(count: number, seed: number): Generator<StartupRow> {
  const random = xoroshiro128plus(seed);
  const oneIn = (times: number): boolean => uniformInt(random, 1, times) === 1;
  /** Between half and one and a half times as long. */
  const about = (mean_ms: number): number => (mean_ms * uniformInt(random, 500_000, 1_500_000)) / 1_000_000;
  const plain = startupRow({ offsets_ms: { create_sent: 0 } });
  const conditions = IMAGES.flatMap((image) => MODES.map((mode) => ({ image, mode })));
  let started = STARTED;
  for (let trial = 1; trial <= count; trial += 1) {
    const condition = conditions[trial % conditions.length] as (typeof conditions)[number];
    const slower = condition.mode === "cold" ? 4 : 1;
    const row: Record<string, unknown> = {
      ...plain,
      ...condition,
      trial,
      block: Math.ceil(trial / conditions.length),
      warmup: trial <= 2 * conditions.length,
      container_id: trial.toString(16).padStart(64, "0"),
      started_unix_ns: unixNs(started) satisfies UnixNs,
      gap_ns: nanoseconds(Math.round(about(40) * 1e6)),
    };
    let at = 0;
    for (const [milestone, mean_ms] of STEPS) {
      at += Math.round(about(mean_ms * slower) * 1e6);
      row[`${milestone}_ns`] = at;
    }
    if (oneIn(100)) row.namespaces_begin_ns = row.namespaces_done_ns = null;
    if (oneIn(200)) row.outcome = "failed";
    started += BigInt(at) + 40_000_000n;
    yield row as unknown as StartupRow;
  }
}

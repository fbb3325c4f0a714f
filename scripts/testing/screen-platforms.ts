/** Platforms for the screens: of one size each kind that there is, made by hand so that no measurement moves them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EVENTS_START_MS, manifest, scaled, session, startupRow, WHOLE_START_MS } from "../../analysis/testing/rows.ts";
import { slower, whyCsv } from "../../analysis/testing/why-rows.ts";
import type { Session } from "../../research/manifest.ts";
import { type StartupRow, startupCondition, startupTable } from "../../research/tables/startup.ts";
import { unixNs } from "../../research/units.ts";

/** With the hook of Docker up to 27: 60 of 160 ms. */
const WITH_HOOK = Object.fromEntries(
  Object.entries({ ...WHOLE_START_MS, hook_begin: 65, hook_end: 69 }).map(([name, at]) => [
    name,
    (at ?? 0) >= 69 ? (at ?? 0) + 60 : at,
  ]),
);
/** What gVisor shows. */
const SANDBOXED = {
  create_sent: 0,
  create_done: 9,
  start_sent: 10,
  shim_exec: 20,
  create_exec: 40,
  create_exit: 90,
  runtime_start_exec: 120,
  entry_acts: 200,
};
/** Of a session, and of a trial within it. */
const SESSIONS = [1, 1.05, 0.97, 1.02, 0.96];
const TRIALS = [1, 1.02, 0.98, 1.04, 0.96, 1.06];

interface Wish {
  readonly sessions?: number;
  readonly offsets_ms?: Parameters<typeof scaled>[0];
  readonly slower?: number;
  readonly images?: readonly string[];
  readonly modes?: readonly ("warm" | "cold")[];
  readonly server?: string;
  readonly partner?: string;
  readonly row?: Partial<StartupRow>;
  readonly runtime?: string;
  readonly network?: string;
}

/** Every kind by its label. */
export const SCREEN_PLATFORMS = {
  docker20: { offsets_ms: WITH_HOOK, partner: "docker28" },
  docker28: { server: "28.5.2", slower: 1.1, partner: "docker20" },
  "one-of-each": { sessions: 1 },
  "a-platform-with-a-name-that-nobody-can-remember-1": { slower: 1.3, images: ["small"] },
  "a-platform-with-a-name-that-nobody-can-remember-2": { slower: 1.31, images: ["small"] },
  "cold-only": { modes: ["cold"], slower: 3, sessions: 1 },
  gvisor: { offsets_ms: SANDBOXED, server: "28.5.2", runtime: "runsc", network: "none", sessions: 1 },
  "events-only": { offsets_ms: EVENTS_START_MS, row: { probe: "events" }, sessions: 1 },
  "host-network": { server: "20.10.24", network: "host", sessions: 1 },
  failures: { row: { outcome: "failed", reason: "no such image" }, offsets_ms: { create_sent: 0 }, sessions: 1 },
  "many-images": {
    modes: ["warm"],
    images: Array.from({ length: 20 }, (_, index) => `registry-example-team-image-${index}`),
    sessions: 1,
  },
} as const satisfies Readonly<Record<string, Wish>>;

/** Writes all of them, one of three starts, and one of starts that were split by cause. */
export function writeScreenPlatforms(folder: string): void {
  for (const [label, wish] of Object.entries(SCREEN_PLATFORMS)) writePlatform(folder, label, rowsOf(wish), wish);
  const causes = ["large", "medium", "small"] as const;
  writePlatform(folder, "causes", [], { sessions: 3 }, [
    { name: "why", conditions: [...causes], iterations: TRIALS.length, warmup_blocks: 0, workload: "plain" },
  ]);
  writeFileSync(
    join(folder, "causes", "why.csv"),
    whyCsv(
      SESSIONS.slice(0, 3).map((ofSession) => TRIALS.map((ofTrial) => slower(ofSession * ofTrial, { runqueue: 4 * ofTrial }))),
      causes,
    ),
  );
  writePlatform(folder, "three-starts", rowsOf({ sessions: 1, images: ["small"], modes: ["warm"] }).slice(0, 3), { sessions: 1 });
}

function rowsOf({
  sessions = 5,
  offsets_ms = WHOLE_START_MS,
  slower = 1,
  images = ["small", "large"],
  modes = ["warm", "cold"],
  row = {},
}: Wish): StartupRow[] {
  const rows = SESSIONS.slice(0, sessions).flatMap((ofSession, place) =>
    TRIALS.flatMap((ofTrial, block) =>
      images.flatMap((image, size) =>
        modes.map((mode) =>
          startupRow({
            ...{ session: place + 1, block: block + 1, image, mode },
            offsets_ms: inMicroseconds(
              scaled(offsets_ms, slower * ofSession * ofTrial * aside(place) * (1 + size / 50) * (mode === "cold" ? 1.4 : 1)),
            ),
            ...row,
          }),
        ),
      ),
    ),
  );
  return rows.map((each, index) => ({ ...each, trial: index + 1 })).map(withTime);
}

/** By some microseconds: no trial has the times of one of another session. */
const aside = (session: number): number => 1 + (7 * session) / 1e6;

/** Of a coarse clock: starts of the same length would be copies of each other otherwise. */
const inMicroseconds = (offsets_ms: Parameters<typeof scaled>[0]): typeof offsets_ms =>
  Object.fromEntries(Object.entries(offsets_ms).map(([name, at]) => [name, Math.round((at ?? 0) * 1e3) / 1e3]));

/** A second after the one before; sessions an hour apart. */
const withTime = (row: StartupRow): StartupRow => ({
  ...row,
  started_unix_ns: unixNs(BigInt(startOf(row.session) + 1_000 * row.block) * 1_000_000n),
});
/** As of {@link whyCsv}. */
const startOf = (session: number): number => 1_790_000_000_000 + 3_600_000 * (session - 1);

/** How often each condition was started in the first session, as in all. */
const plannedOf = (rows: readonly StartupRow[], mode: StartupRow["mode"]): number =>
  Math.max(0, ...rows.filter((row) => row.session === 1 && row.mode === mode).map(({ block }) => block));

function writePlatform(
  folder: string,
  label: string,
  rows: readonly StartupRow[],
  wish: Wish,
  experiments: Session["experiments"] = [
    {
      name: "startup",
      conditions: [...new Set(rows.map(startupCondition))],
      iterations: plannedOf(rows, "warm"),
      warmup_blocks: 0,
    },
  ],
): void {
  const { server = "20.10.24", runtime = "runc", network = "bridge", sessions = 5, partner } = wish;
  const plain = session();
  const images = [...new Set(rows.map(({ image }) => image))].map((name) => ({
    name,
    reference: `tierbench/${name}:1`,
    digest: `sha256:${"0".repeat(64)}`,
    size_bytes: 1,
  }));
  const engine = {
    ...plain.engine,
    server,
    runtime,
    components: { Engine: server, [runtime]: "1.1.5" },
    network: { mode: network, settings: {} },
  };
  const described = Array.from(
    { length: sessions },
    (_, index): Session =>
      session({
        session: index + 1,
        engine,
        images,
        experiments,
        iterations: { warm: plannedOf(rows, "warm"), cold: plannedOf(rows, "cold"), warmup_blocks: 0 },
        started: new Date(startOf(index + 1)).toISOString(),
        ended: new Date(startOf(index + 1) + 1_800_000).toISOString(),
        probe: { ...plain.probe, name: wish.row?.probe ?? plain.probe.name },
        ...(partner === undefined ? {} : { paired_with: [partner], round: index + 1 }),
      }),
  );
  mkdirSync(join(folder, label));
  writeFileSync(join(folder, label, "platform.json"), JSON.stringify(manifest({ label, sessions: described })));
  if (rows.length === 0) return;
  writeFileSync(
    join(folder, label, "startup.csv"),
    startupTable.header + rows.map((row) => startupTable.formatRow(row)).join(""),
  );
}

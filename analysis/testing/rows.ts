/** Rows and manifests for tests; what a test does not name has a plain value. */
import type { Manifest, Session } from "../../research/manifest.ts";
import { MILESTONE_NAMES, type Milestone } from "../../research/milestones.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import { nanoseconds, unixNs } from "../../research/units.ts";

type Offsets = Partial<Record<Milestone, number>>;

/** Milestones of a start that every probe of ours sees whole, in ms; the tiers are daemon 40, runtime 55, process 5. */
export const WHOLE_START_MS: Offsets = {
  create_sent: 0,
  create_done: 10,
  start_sent: 11,
  shim_exec: 30,
  create_exec: 40,
  cgroup_first: 45,
  cgroup_joined: 50,
  namespaces_begin: 52,
  namespaces_done: 53,
  rootfs_pivoted: 70,
  create_exit: 75,
  runtime_start_exec: 85,
  entry_exec: 95,
  entry_acts: 100,
  first_byte: 101,
};

/** What is left of it without a kernel probe. */
export const EVENTS_START_MS: Offsets = { create_sent: 0, create_done: 10, start_sent: 11, entry_acts: 101, first_byte: 101 };

/** The same start, every milestone `factor` times as late. */
export const scaled = (offsets_ms: Offsets, factor: number): Offsets =>
  Object.fromEntries(Object.entries(offsets_ms).map(([name, at]) => [name, at * factor]));

type RowFields = Partial<Omit<StartupRow, `${Milestone}_ns`>> & { readonly offsets_ms?: Offsets };

export function startupRow({ offsets_ms = WHOLE_START_MS, ...fields }: RowFields = {}): StartupRow {
  const milestones = Object.fromEntries(
    MILESTONE_NAMES.map((name) => {
      const at = offsets_ms[name];
      return [`${name}_ns`, at === undefined ? null : nanoseconds(Math.round(at * 1e6))];
    }),
  ) as { [M in Milestone as `${M}_ns`]: StartupRow[`${M}_ns`] };
  return {
    trial: 1,
    session: 1,
    block: 1,
    warmup: false,
    image: "small",
    mode: "warm",
    variant: null,
    probe: "tracefs",
    outcome: "ok",
    container_id: null,
    started_unix_ns: unixNs(1_790_000_000_000_000_000n),
    gap_ns: null,
    ...milestones,
    clock_error_ns: nanoseconds(1000),
    lost_events: 0,
    act_rule: "own-output",
    ready_ns: null,
    ready_error_ns: null,
    reason: null,
    ...fields,
  };
}

export function session(fields: Partial<Session> = {}): Session {
  return {
    session: 1,
    tool: { version: "0.1.0", commit: null },
    seed: 1,
    command: ["echo", "hello"],
    iterations: { warm: 50, cold: 20, warmup_blocks: 2 },
    started: "2026-01-02T03:04:05.000Z",
    ended: "2026-01-02T03:34:05.000Z",
    ending: "complete",
    host: {
      os: "Debian GNU/Linux 12",
      kernel: "6.18.0",
      architecture: "x64",
      cpu: "a processor",
      cpu_count: 2,
      memory_bytes: 8_000_000_000,
      cgroup_version: "1",
      governor: null,
      virtualisation: null,
      node: "20.20.2",
    },
    engine: {
      server: "20.10.24",
      api: "1.41",
      components: { containerd: "1.6.20", runc: "1.1.5" },
      runtime: "runc",
      storage_driver: "overlay2",
      cgroup_driver: "cgroupfs",
      network: { mode: "bridge", settings: {} },
      storage: { data_root: "/var/lib/docker", device: null, file_system: null, rotational: null },
      private: false,
    },
    images: [{ name: "small", reference: "tierbench/small", digest: `sha256:${"0".repeat(64)}`, size_bytes: 2_000_000 }],
    probe: { name: "tracefs", clock: "mono", resolution_ns: 1000, clock_error_ns: 1000, reason: "root and tracefs" },
    load_before: [0, 0, 0],
    load_after: [0, 0, 0],
    warnings: [],
    ...fields,
  };
}

export const manifest = (fields: Partial<Manifest> = {}): Manifest => ({ label: "here", sessions: [session()], ...fields });

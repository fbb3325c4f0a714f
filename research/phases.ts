/**
 * Milestones → phases → tiers. Declared once, as data; the rule that applies them is {@link partition}.
 *
 * A phase begins at its milestone and ends at the next boundary that was seen. Milestones that are not listed here
 * (runtime_start_exit, start_done, entry_exit …) are recorded but lie off the critical path or after the start.
 */
import type { Milestone } from "./milestones.ts";
import { durationNs, type Nanoseconds, nanoseconds } from "./units.ts";

export const TIERS = ["daemon", "runtime", "process"] as const;
export type Tier = (typeof TIERS)[number];

interface PhaseDeclaration {
  readonly begins: Milestone;
  readonly tier: Tier;
  /** What a person reads instead of the name: `phaseWords` fits it to an engine. At most 18 letters. */
  readonly title: string;
  /** What happens in it, behind the title or a colon. At most 38 letters, so that it fits a row of a terminal. */
  readonly clause: string;
  readonly meaning: string;
  /** The phase exists only in some starts (a hook is not always configured), so its absence hides nothing. */
  readonly optional?: true;
}

export const PHASES = {
  create_api: {
    begins: "create_sent",
    tier: "daemon",
    title: "create container",
    clause: "its configuration and writable layer",
    meaning: "API call that creates the container: configuration and writable layer",
  },
  client_attach: {
    begins: "create_done",
    tier: "daemon",
    title: "client attaches",
    clause: "to the container's output",
    meaning: "client attaches to the container's output (Podman prepares the start here)",
  },
  daemon_prepare: {
    begins: "start_sent",
    tier: "daemon",
    title: "daemon prepares",
    clause: "mounts the image, starts the shim",
    meaning: "dockerd and containerd prepare the start (mounts; network sandbox up to Docker 27) until the shim is executed",
  },
  shim_start: {
    begins: "shim_exec",
    tier: "runtime",
    title: "shim starts",
    clause: "and calls the OCI runtime",
    meaning: "the shim starts, until it executes the OCI runtime",
  },
  runtime_load: {
    begins: "create_exec",
    tier: "runtime",
    title: "runtime loads",
    clause: "reads its configuration, forks init",
    meaning: "the OCI runtime's create loads and forks init, until the first cgroup",
  },
  cgroups: {
    begins: "cgroup_first",
    tier: "runtime",
    title: "cgroups",
    clause: "are made, and init is moved into them",
    meaning: "cgroups are made, configured and joined",
  },
  init_bootstrap: {
    begins: "cgroup_joined",
    tier: "runtime",
    title: "init bootstraps",
    clause: "init is handed its configuration",
    meaning: "init is handed its configuration, until it makes namespaces",
  },
  namespaces: {
    begins: "namespaces_begin",
    tier: "runtime",
    title: "namespaces",
    clause: "init leaves the host's",
    meaning: "unshare of the container's namespaces",
  },
  rootfs_mounts: {
    begins: "namespaces_done",
    tier: "runtime",
    title: "root file system",
    clause: "is mounted, with /proc, /sys, /dev",
    meaning: "init sets up and mounts the root file system; ends at the hook where there is one",
  },
  hook: {
    begins: "hook_begin",
    tier: "runtime",
    title: "network hook",
    clause: "dockerd runs again to wire the network",
    meaning: "prestart/createRuntime hooks (up to Docker 27 the network is wired here)",
    optional: true,
  },
  rootfs_pivot: {
    begins: "hook_end",
    tier: "runtime",
    title: "pivot root",
    clause: "init enters the root file system",
    meaning: "from the hook's end to pivot_root",
    optional: true,
  },
  runtime_finish: {
    begins: "rootfs_pivoted",
    tier: "runtime",
    title: "runtime finishes",
    clause: "environment and limits are set",
    meaning: "init finishes the container's environment; the runtime's create exits",
  },
  daemon_start_task: {
    begins: "create_exit",
    tier: "daemon",
    title: "daemon starts task",
    clause: "passes on that the task exists",
    meaning:
      "shim, containerd and dockerd learn that the task exists and ask to start it (from Docker 28 on the network is wired here)",
  },
  runtime_start: {
    begins: "runtime_start_exec",
    tier: "runtime",
    title: "runtime starts",
    clause: "`start` releases init",
    meaning: "the OCI runtime's start releases init, until it executes the entrypoint",
  },
  entrypoint: {
    begins: "entry_exec",
    tier: "process",
    title: "entrypoint",
    clause: "runs until its first output or exit",
    meaning: "from the entrypoint's execve to its first write (or exit)",
  },
} as const satisfies Record<string, PhaseDeclaration>;

export type PhaseName = keyof typeof PHASES;
export const PHASE_NAMES = Object.keys(PHASES) as readonly PhaseName[];

interface Declared extends PhaseDeclaration {
  readonly phase: PhaseName;
  /** Its place in {@link PHASE_NAMES}. */
  readonly order: number;
}
const DECLARED: readonly Declared[] = PHASE_NAMES.map((phase, order) => ({ phase, order, ...PHASES[phase] }));
/** Its beginning is entry_exec. */
const ENTRYPOINT = PHASE_NAMES.indexOf("entrypoint");

export interface Phase {
  readonly phase: PhaseName;
  /** `null` when the phase encloses time of another tier that cannot be separated here. */
  readonly tier: Tier | null;
  readonly begin_ns: Nanoseconds;
  readonly end_ns: Nanoseconds;
  readonly duration_ns: Nanoseconds;
  /** Phases whose beginning was not seen and whose time, if any, is in here. */
  readonly encloses: readonly PhaseName[];
}

export interface Tiers {
  readonly daemon_ns: Nanoseconds | null;
  readonly runtime_ns: Nanoseconds | null;
  readonly process_ns: Nanoseconds | null;
}

export interface Partition {
  readonly phases: readonly Phase[];
  readonly tiers: Tiers;
  /** create_sent → entry_acts; `null` when nothing shows the entrypoint acting. */
  readonly total_ns: Nanoseconds | null;
  /** Why `total_ns` is `null`. */
  readonly incomplete: string | null;
}

export type Milestones = Readonly<Partial<Record<Milestone, Nanoseconds>>>;

/**
 * Splits [create_sent, entry_acts] at every boundary that was seen in between. The durations are integers and add up to the
 * total exactly, whatever is missing: the time of a phase whose beginning was not seen falls to the phase that encloses it,
 * which lists it in `encloses` and loses its tier when the two tiers differ.
 *
 * Without entry_acts the phases reach to the last boundary seen, the last of them open-ended and left out; without
 * create_sent, or when it comes after entry_acts, there are none.
 *
 * @param milestones ns from any moment; the total is measured from create_sent, whatever its own offset
 */
export const partition = (milestones: Milestones): Partition =>
  partitionBegins(
    DECLARED.map(({ begins }) => milestones[begins] ?? null),
    milestones.entry_acts ?? null,
  );

/** When each phase began, in the order of {@link PHASE_NAMES}; `null` where that was not seen. */
export type Begins = readonly (Nanoseconds | null)[];

/**
 * The same, for callers with the times in another shape.
 * @param end entry_acts, or `null`
 */
export function partitionBegins(begins: Begins, end: Nanoseconds | null): Partition {
  const origin = begins[0] ?? null;
  if (origin === null) return withoutTotal([], "nothing shows when the start was asked for: there is no create_sent");
  if (end !== null && end < origin) return withoutTotal([], "the entrypoint acted before the start was asked for");
  return partitionFrom(origin, begins.some(isBefore(origin)) ? begins.map(absentBefore(origin)) : begins, end);
}

/** The clock of another machine may put a boundary before create_sent; the time in between belongs to no start. */
const isBefore = (origin: Nanoseconds) => (begin: Nanoseconds | null) => begin !== null && begin < origin;
const absentBefore = (origin: Nanoseconds) => (begin: Nanoseconds | null) => (isBefore(origin)(begin) ? null : begin);

function partitionFrom(origin: Nanoseconds, begins: Begins, end: Nanoseconds | null): Partition {
  const path = criticalPath(begins, end);
  const phases: Phase[] = [];
  for (let index = 0; index < path.length; index += 1) {
    const next = path[index + 1];
    const stop = next === undefined ? end : at(begins, next);
    if (stop !== null) phases.push(phaseBetween(path[index] as Declared, next, stop, begins));
  }
  if (end === null) {
    return withoutTotal(
      phases,
      "nothing shows the entrypoint acting: no write or exit of it in the trace, and no first byte seen by the client",
    );
  }
  return { phases, tiers: tierSums(phases), total_ns: durationNs(origin, end), incomplete: null };
}

const withoutTotal = (phases: readonly Phase[], incomplete: string): Partition => ({
  phases,
  tiers: { daemon_ns: null, runtime_ns: null, process_ns: null },
  total_ns: null,
  incomplete,
});

/** When a phase of the critical path began. */
const at = (begins: Begins, { order }: Declared): Nanoseconds => begins[order] as Nanoseconds;

// Files may hold a million starts: what follows is in loops, without a list made and thrown away at every step.

/** The phases that were seen, as they happened; what follows entry_exec or entry_acts is no part of the start. */
function criticalPath(begins: Begins, end: Nanoseconds | null): Declared[] {
  const last = Math.min(end ?? Number.POSITIVE_INFINITY, begins[ENTRYPOINT] ?? Number.POSITIVE_INFINITY);
  const path: Declared[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let asDeclared = true;
  for (const declared of DECLARED) {
    const begin = begins[declared.order] ?? null;
    if (begin === null || begin > last) continue;
    path.push(declared);
    asDeclared &&= begin >= latest;
    latest = begin;
  }
  return asDeclared ? path : path.sort((a, b) => at(begins, a) - at(begins, b)); // stable: equal times keep the declared order
}

const NONE: readonly PhaseName[] = [];

function phaseBetween(declared: Declared, next: Declared | undefined, end: Nanoseconds, begins: Begins): Phase {
  const { phase, tier, order } = declared;
  const begin = at(begins, declared);
  const until = next?.order ?? DECLARED.length;
  let encloses: PhaseName[] | undefined;
  let oneTier = true;
  for (let between = order + 1; between < until; between += 1) {
    const other = DECLARED[between] as Declared;
    if (other.optional || begins[between] !== null) continue;
    encloses ??= [];
    encloses.push(other.phase);
    oneTier &&= other.tier === tier;
  }
  return {
    phase,
    tier: oneTier ? tier : null,
    begin_ns: begin,
    end_ns: end,
    duration_ns: durationNs(begin, end),
    encloses: encloses ?? NONE,
  };
}

/** A tier is the sum of its phases, and unknown as soon as a phase may hold some of its time without showing it. */
function tierSums(phases: readonly Phase[]): Tiers {
  const sums: Record<Tier, number> = { daemon: 0, runtime: 0, process: 0 };
  for (const { phase, tier, duration_ns, encloses } of phases) {
    if (tier !== null) sums[tier] += duration_ns;
    else for (const name of [phase, ...encloses]) sums[PHASES[name].tier] = Number.NaN; // and stays so
  }
  return { daemon_ns: known(sums.daemon), runtime_ns: known(sums.runtime), process_ns: known(sums.process) };
}

const known = (sum: number): Nanoseconds | null => (Number.isNaN(sum) ? null : nanoseconds(sum));

/**
 * Milestones → phases → tiers. Declared once, as data; the rule that applies them is {@link partition}.
 *
 * A phase begins at its milestone and ends at the next boundary that was seen. Milestones that are not listed here
 * (runtime_start_exit, start_done, entry_exit …) are recorded but lie off the critical path or after the start.
 */
import type { Milestone } from "./milestones.ts";
import { durationNs, type Nanoseconds, nanoseconds, sumNs } from "./units.ts";

export const TIERS = ["daemon", "runtime", "process"] as const;
export type Tier = (typeof TIERS)[number];

interface PhaseDeclaration {
  readonly begins: Milestone;
  readonly tier: Tier;
  readonly meaning: string;
  /** The phase exists only in some starts (a hook is not always configured), so its absence hides nothing. */
  readonly optional?: true;
}

export const PHASES = {
  create_api: {
    begins: "create_sent",
    tier: "daemon",
    meaning: "API call that creates the container: configuration and writable layer",
  },
  client_attach: { begins: "create_done", tier: "daemon", meaning: "client attaches to the container's output" },
  daemon_prepare: {
    begins: "start_sent",
    tier: "daemon",
    meaning: "dockerd and containerd prepare the start (mounts; network sandbox up to Docker 27) until the shim is executed",
  },
  shim_start: { begins: "shim_exec", tier: "runtime", meaning: "the shim starts, until it executes the OCI runtime" },
  runtime_load: {
    begins: "create_exec",
    tier: "runtime",
    meaning: "the OCI runtime's create loads and forks init, until the first cgroup",
  },
  cgroups: { begins: "cgroup_first", tier: "runtime", meaning: "cgroups are made, configured and joined" },
  init_bootstrap: {
    begins: "cgroup_joined",
    tier: "runtime",
    meaning: "init is handed its configuration, until it makes namespaces",
  },
  namespaces: { begins: "namespaces_begin", tier: "runtime", meaning: "unshare of the container's namespaces" },
  rootfs_mounts: {
    begins: "namespaces_done",
    tier: "runtime",
    meaning: "init sets up and mounts the root file system; ends at the hook where there is one",
  },
  hook: {
    begins: "hook_begin",
    tier: "runtime",
    meaning: "prestart/createRuntime hooks (up to Docker 27 the network is wired here)",
    optional: true,
  },
  rootfs_pivot: { begins: "hook_end", tier: "runtime", meaning: "from the hook's end to pivot_root", optional: true },
  runtime_finish: {
    begins: "rootfs_pivoted",
    tier: "runtime",
    meaning: "init finishes the container's environment; the runtime's create exits",
  },
  daemon_start_task: {
    begins: "create_exit",
    tier: "daemon",
    meaning:
      "shim, containerd and dockerd learn that the task exists and ask to start it (from Docker 28 on the network is wired here)",
  },
  runtime_start: {
    begins: "runtime_start_exec",
    tier: "runtime",
    meaning: "the OCI runtime's start releases init, until it executes the entrypoint",
  },
  entrypoint: { begins: "entry_exec", tier: "process", meaning: "from the entrypoint's execve to its first write (or exit)" },
} as const satisfies Record<string, PhaseDeclaration>;

export type PhaseName = keyof typeof PHASES;
export const PHASE_NAMES = Object.keys(PHASES) as readonly PhaseName[];

export interface Phase {
  readonly phase: PhaseName;
  /** `null` when the phase encloses time of another tier that can not be told apart here. */
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

interface Boundary {
  readonly phase: PhaseName;
  readonly at: Nanoseconds;
}

/**
 * Splits [create_sent, entry_acts] at every boundary that was seen. The durations are integers and add up to the total
 * exactly, whatever is missing: the time of a phase whose beginning was not seen falls to the phase that encloses it,
 * which lists it in `encloses` and loses its tier when the two tiers differ.
 *
 * Without entry_acts the phases reach to the last boundary seen, the last of them open-ended and left out.
 *
 * @param milestones offsets in ns from create_sent, which is 0
 */
export function partition(milestones: Milestones): Partition {
  const end = milestones.entry_acts;
  const boundaries = criticalPath(milestones, end);
  const stops = [...boundaries.slice(1).map((boundary) => boundary.at), ...(end === undefined ? [] : [end])];
  const phases = stops.map((stop, index) => {
    const begin = boundaries[index] as Boundary;
    return phaseBetween(begin, stop, boundaries[index + 1]?.phase, milestones);
  });
  if (end === undefined) {
    const incomplete =
      "nothing shows the entrypoint acting: no write or exit of it in the trace, and no first byte seen by the client";
    return { phases, tiers: { daemon_ns: null, runtime_ns: null, process_ns: null }, total_ns: null, incomplete };
  }
  return { phases, tiers: tierSums(phases), total_ns: nanoseconds(end), incomplete: null };
}

/** The boundaries in the order in which they happened; what follows entry_exec or entry_acts is no part of the start. */
function criticalPath(milestones: Milestones, end: Nanoseconds | undefined): Boundary[] {
  const last = Math.min(end ?? Number.POSITIVE_INFINITY, milestones.entry_exec ?? Number.POSITIVE_INFINITY);
  return PHASE_NAMES.flatMap((phase) => {
    const at = milestones[PHASES[phase].begins];
    return at === undefined || at > last ? [] : [{ phase, at }];
  }).sort((a, b) => a.at - b.at); // stable: equal times keep the declared order
}

function phaseBetween(begin: Boundary, end: Nanoseconds, next: PhaseName | undefined, milestones: Milestones): Phase {
  const first = PHASE_NAMES.indexOf(begin.phase) + 1;
  const last = next === undefined ? PHASE_NAMES.length : PHASE_NAMES.indexOf(next);
  const encloses = PHASE_NAMES.slice(first, last).filter(
    (phase) => !("optional" in PHASES[phase]) && milestones[PHASES[phase].begins] === undefined,
  );
  const tier = PHASES[begin.phase].tier;
  return {
    phase: begin.phase,
    tier: encloses.every((phase) => PHASES[phase].tier === tier) ? tier : null,
    begin_ns: begin.at,
    end_ns: end,
    duration_ns: durationNs(begin.at, end),
    encloses,
  };
}

/** A tier is the sum of its phases, and unknown as soon as a phase may hold some of its time without showing it. */
function tierSums(phases: readonly Phase[]): Tiers {
  const sum = (tier: Tier): Nanoseconds | null => {
    const hidden = phases.some(
      (phase) => phase.tier === null && [phase.phase, ...phase.encloses].some((name) => PHASES[name].tier === tier),
    );
    return hidden ? null : sumNs(phases.filter((phase) => phase.tier === tier).map((phase) => phase.duration_ns));
  };
  return { daemon_ns: sum("daemon"), runtime_ns: sum("runtime"), process_ns: sum("process") };
}

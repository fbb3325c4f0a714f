/** A container's end in phases, as its start is: each begins at its milestone and lasts until the next that was seen. */
import type { Tier, Tiers } from "../phases.ts";
import { durationNs, type Nanoseconds, nanoseconds } from "../units.ts";
import type { StopMilestone } from "./milestones.ts";

interface StopPhaseDeclaration {
  readonly begins: StopMilestone;
  readonly tier: Tier;
  /** What a person reads instead of the name. */
  readonly title: string;
  /** What happens in it, short enough to stand beside its name on a screen. */
  readonly clause: string;
  /** Not every stop has it: its absence hides nothing. */
  readonly optional?: true;
}

export const STOP_PHASES = {
  stop_api: {
    begins: "stop_sent",
    tier: "daemon",
    title: "stop is asked for",
    clause: "dockerd and the shim pass it on",
  },
  runtime_kill: {
    begins: "kill_exec",
    tier: "runtime",
    title: "runtime kills",
    clause: "the OCI runtime sends the signal",
  },
  grace: {
    begins: "signal_sent",
    tier: "process",
    title: "grace",
    clause: "the process ends, or its time is up",
  },
  killed: { begins: "kill_sent", tier: "process", title: "killed", clause: "the process ends by SIGKILL", optional: true },
  exit_noticed: {
    begins: "process_gone",
    tier: "daemon",
    title: "exit is noticed",
    clause: "shim and dockerd learn that it exited",
  },
  runtime_delete: {
    begins: "delete_exec",
    tier: "runtime",
    title: "runtime deletes",
    clause: "the OCI runtime removes its cgroups",
  },
  network_teardown: {
    begins: "delete_exit",
    tier: "daemon",
    title: "network teardown",
    clause: "the shim ends, the network is removed",
  },
  unmount: { begins: "network_left", tier: "daemon", title: "unmount", clause: "the root file system is unmounted" },
  stop_answer: {
    begins: "unmounted",
    tier: "daemon",
    title: "stop is answered",
    clause: "the state is written",
  },
  removal: {
    begins: "stop_done",
    tier: "daemon",
    title: "removal",
    clause: "the container's layer and files go",
  },
} as const satisfies Record<string, StopPhaseDeclaration>;

export type StopPhaseName = keyof typeof STOP_PHASES;
export const STOP_PHASE_NAMES = Object.keys(STOP_PHASES) as readonly StopPhaseName[];

export interface StopPhase {
  readonly phase: StopPhaseName;
  /** `null` where it encloses time of another tier that cannot be separated. */
  readonly tier: Tier | null;
  readonly begin_ns: Nanoseconds;
  readonly end_ns: Nanoseconds;
  readonly duration_ns: Nanoseconds;
  /** Phases whose beginning was not seen and whose time, if any, is in here. */
  readonly encloses: readonly StopPhaseName[];
}

export type StopMilestones = Readonly<Partial<Record<StopMilestone, Nanoseconds>>>;

export interface StopPartition {
  readonly phases: readonly StopPhase[];
  readonly tiers: Tiers;
  /** stop_sent → removed; `null` where it was not removed. */
  readonly total_ns: Nanoseconds | null;
  /** Why `total_ns` is `null`. */
  readonly incomplete: string | null;
}

/** Splits [stop_sent, removed] at every boundary that was seen: the durations add up to the total exactly. */
export function partitionStop(milestones: StopMilestones): StopPartition {
  const { stop_sent: origin, removed: end } = milestones;
  if (origin === undefined || end === undefined) return UNFINISHED;
  const at = (phase: StopPhaseName): Nanoseconds | undefined => milestones[STOP_PHASES[phase].begins];
  const seen = STOP_PHASE_NAMES.flatMap((phase) => {
    const begin_ns = at(phase);
    return begin_ns === undefined || begin_ns < origin || begin_ns > end ? [] : [{ phase, begin_ns }];
  }).sort((a, b) => a.begin_ns - b.begin_ns); // stable: equal times keep the declared order
  const phases = seen.map(({ phase, begin_ns }, index) => {
    const next = seen[index + 1];
    const end_ns = next?.begin_ns ?? end;
    const encloses = between(phase, next?.phase).filter((name) => !isOptional(name) && at(name) === undefined);
    const isOneTier = encloses.every((name) => STOP_PHASES[name].tier === STOP_PHASES[phase].tier);
    const tier = isOneTier ? STOP_PHASES[phase].tier : null;
    return { phase, tier, begin_ns, end_ns, duration_ns: durationNs(begin_ns, end_ns), encloses };
  });
  const tiers = {
    daemon_ns: sumOf("daemon", phases),
    runtime_ns: sumOf("runtime", phases),
    process_ns: sumOf("process", phases),
  };
  return { phases, tiers, total_ns: durationNs(origin, end), incomplete: null };
}

const UNFINISHED: StopPartition = {
  phases: [],
  tiers: { daemon_ns: null, runtime_ns: null, process_ns: null },
  total_ns: null,
  incomplete: "nothing shows that the container was stopped and removed",
};

/** Unknown as soon as a phase may hold some of its time without showing it. */
function sumOf(tier: Tier, phases: readonly StopPhase[]): Nanoseconds | null {
  const hides = phases.some(
    (each) => each.tier === null && [each.phase, ...each.encloses].some((name) => STOP_PHASES[name].tier === tier),
  );
  if (hides) return null;
  return nanoseconds(phases.reduce((sum, each) => sum + (each.tier === tier ? each.duration_ns : 0), 0));
}

const isOptional = (name: StopPhaseName): boolean => "optional" in STOP_PHASES[name];

const between = (from: StopPhaseName, to: StopPhaseName | undefined): StopPhaseName[] =>
  STOP_PHASE_NAMES.slice(STOP_PHASE_NAMES.indexOf(from) + 1, to === undefined ? undefined : STOP_PHASE_NAMES.indexOf(to));

/**
 * Trace events → the kernel's milestones of one container. What belongs to the container is found by cgroup path (which
 * contains its id) and process tree; what each process is, by its place in the tree. Command names are never used.
 *
 *   containerd ─ shim ─ shim (daemon) ┬ runtime create ┬ init ─ entrypoint
 *                                     │                └ hook
 *                                     └ runtime start
 *
 *   podman ┬ conmon ─ conmon (daemon) ─ runtime create ─ …
 *          └ runtime start
 */
import type { Milestone } from "../../research/milestones.ts";
import type { ClockNs } from "../../research/units.ts";
import { type OutputWrite, outputWrites } from "./output/container-output.ts";
import { descendsFrom, lineage, type Observation, observe, processExit, processOf, type Task } from "./process-tree.ts";
import type { TraceEvent } from "./trace-line.ts";

/** CLONE_NEWNS … CLONE_NEWTIME (linux/sched.h); an unshare without one of them makes no namespace. */
const NAMESPACE_FLAGS = 0x7e020080;

export type KernelMilestones = Partial<Record<Milestone, ClockNs>>;

export interface KernelSightings {
  readonly milestones: KernelMilestones;
  /** What the entrypoint and its descendants did from its exec on. */
  readonly acts: readonly Observation[];
  /** What of that was output, in the order of time. */
  readonly writes: readonly OutputWrite[];
  /** False for a trace that was recorded without what descriptors do: then a write to descriptor 1 is taken for output. */
  readonly isFollowed: boolean;
}

/**
 * @param events of the whole machine, in the order of time
 * @param containerId 64 hexadecimal digits
 * @param notBefore start of the search for the shim: the client's create_done, as Podman runs the runtime's create when it is attached to
 */
export function kernelSightings(events: Iterable<TraceEvent>, containerId: string, notBefore: ClockNs): KernelSightings {
  const seen = observe(events);
  const cgroup = seen.filter(
    ({ event }) => (event.kind === "cgroup_mkdir" || event.kind === "cgroup_attach") && event.path.includes(containerId),
  );
  const attached = cgroup.filter(({ event }) => event.kind === "cgroup_attach");
  const found: KernelMilestones = {};
  set(found, "cgroup_first", cgroup.find(({ event }) => event.kind === "cgroup_mkdir")?.event.at);

  const joined = new Set(attached.map(({ task }) => task));
  const programs = programsToward(anchor(seen, cgroup, notBefore), notBefore);
  const runtime = runtimeProcesses(programs);
  set(found, "shim_exec", programs[0]?.execs[0]?.at);
  const isFollowed = seen.some(({ event }) => event.kind === "close" || event.kind === "return");
  if (runtime === undefined) return { milestones: found, acts: [], writes: [], isFollowed };

  const inContainer = remembered((task) => lineage(task).some((ancestor) => joined.has(ancestor)));
  const { create } = runtime;
  set(found, "create_exec", create.execs[0]?.at);
  set(found, "create_exit", processExit(create, inContainer));

  const inits = seen.filter(({ task }) => inContainer(task) && descendsFrom(task, create));
  const start = startProcess(seen, runtime, inits, found.create_exit);
  set(found, "runtime_start_exec", start?.execs[0]?.at);
  set(found, "runtime_start_exit", start && processExit(start, () => false));

  // Init waits from the end of create on, no matter who called start.
  const acts = entrypoint(found, inits, found.runtime_start_exec ?? (runtime.isMonitor ? found.create_exit : undefined));
  const beforeEntry = (observation: Observation): boolean =>
    found.entry_exec === undefined || observation.event.at < found.entry_exec;
  set(found, "cgroup_joined", attached.filter(beforeEntry).at(-1)?.event.at);
  set(found, "rootfs_pivoted", inits.filter(beforeEntry).find(({ event }) => event.kind === "pivot_root")?.event.at);
  namespaces(found, inits);
  hooks(found, seen, create, inContainer);
  const writes = isFollowed ? outputWrites(acts) : writesToDescriptorOne(acts);
  set(found, "entry_acts", writes.find(({ stream }) => stream !== "unknown")?.at);
  return { milestones: found, acts, writes, isFollowed };
}

function set(found: KernelMilestones, name: Milestone, at: ClockNs | undefined): void {
  if (at !== undefined) found[name] = at;
}

/**
 * A task that surely belongs to the container and was forked by the runtime: the first that joined its cgroup, or else
 * the one that made it. A runtime that leaves cgroups alone (gVisor with --ignore-cgroups) shows neither; then it is
 * the one tree, all of it born since `notBefore`, in which a runtime's process pivoted a root and no cgroup path speaks of
 * another container. When several trees fit, none is taken.
 */
function anchor(seen: readonly Observation[], cgroup: readonly Observation[], notBefore: ClockNs): Task | undefined {
  const joined = cgroup.find(({ event }) => event.kind === "cgroup_attach") ?? cgroup[0];
  if (joined !== undefined) return joined.task;
  // Of another start under way we may see only the end: its init's joining, say, and not who forked whom before that.
  const claimed = new Set<Task | undefined>();
  for (const { event, task } of seen) {
    if (event.kind === "cgroup_attach") claimed.add(task);
    if (event.kind === "cgroup_attach" || event.kind === "cgroup_mkdir") claimed.add(oldestProgram(lineage(task)));
  }
  const pivots = new Map<Task, Task>();
  for (const { event, task } of seen) {
    if (event.kind !== "pivot_root") continue;
    const line = lineage(task);
    const root = oldestProgram(line);
    const born = root?.execs[0]?.at;
    if (root === undefined || born === undefined || born < notBefore || born > event.at) continue;
    // An engine that unpacks an image pivots a root as well, in a process of its own that no shim forked.
    if (runtimeProcesses(programsToward(task, notBefore)) === undefined) continue;
    if (!pivots.has(root) && !line.some((ancestor) => claimed.has(ancestor))) pivots.set(root, task);
  }
  const [only] = pivots.values();
  return pivots.size === 1 ? only : undefined;
}

/** The first task of a line that executed a program while we looked. */
const oldestProgram = (line: readonly Task[]): Task | undefined => line.find(({ execs }) => execs.length > 0);

/** The tasks on the way down to `task` that executed a program since `notBefore`: shim, shim, runtime create, … */
const programsToward = (task: Task | undefined, notBefore: ClockNs): Task[] =>
  task === undefined ? [] : lineage(task).filter(({ execs }) => execs[0] !== undefined && execs[0].at >= notBefore);

interface Runtime {
  readonly create: Task;
  readonly shim: Task | undefined;
  readonly isMonitor: boolean;
}

/** The runtime is the first program on the way that is not the shim's own; its parent is the shim that stays. */
function runtimeProcesses(programs: readonly Task[]): Runtime | undefined {
  const shimProgram = programs[0]?.execs[0]?.filename;
  const index = programs.findIndex(({ execs }) => execs[0]?.filename !== shimProgram);
  const create = programs[index];
  return create === undefined ? undefined : { create, shim: programs[index - 1], isMonitor: index === 1 };
}

/**
 * The runtime's next call by the same shim, once `create` has ended. A monitor that does not re-execute itself (conmon)
 * leaves that call to the engine, which was there before the trace began, so that its threads cannot be told from those
 * of others: then it is the only such call until init, which waits for it, executes the entrypoint; when several fit, none
 * is taken.
 */
function startProcess(
  seen: readonly Observation[],
  { create, shim, isMonitor }: Runtime,
  inits: readonly Observation[],
  createExit: ClockNs | undefined,
): Task | undefined {
  const calls = seen.filter(
    ({ event, task }) =>
      event.kind === "exec" &&
      createExit !== undefined &&
      event.at >= createExit &&
      event.filename === create.execs[0]?.filename &&
      task.parent !== undefined,
  );
  const callsBy = (caller: Task | undefined): Observation[] =>
    calls.filter(({ task: { parent } }) => parent !== undefined && processOf(parent) === caller);
  const [ofShim] = shim === undefined ? [] : callsBy(shim);
  if (ofShim !== undefined || !isMonitor) return ofShim?.task;
  const released = inits.find(({ event }) => event.kind === "exec" && createExit !== undefined && event.at > createExit)?.event
    .at;
  const [only, ...others] = callsBy(undefined).filter(({ event }) => released === undefined || event.at <= released);
  return others.length === 0 ? only?.task : undefined;
}

/** The entrypoint is what a task of the container executes once `start` was called; before that init may re-execute itself. */
function entrypoint(
  found: KernelMilestones,
  inits: readonly Observation[],
  released: ClockNs | undefined,
): readonly Observation[] {
  const index = inits.findIndex(({ event }) => event.kind === "exec" && released !== undefined && event.at >= released);
  const exec = inits[index];
  if (exec === undefined) return [];
  const isOurs = remembered((task) => descendsFrom(task, exec.task));
  const after = inits.slice(index).filter(({ task }) => isOurs(task));
  const exit = processExit(exec.task, () => false);
  set(found, "entry_exec", exec.event.at);
  set(found, "entry_exit", exit);
  return after;
}

/** The rule of traces that show nothing else of descriptors. */
const writesToDescriptorOne = (acts: readonly Observation[]): OutputWrite[] =>
  acts.flatMap(({ event }) =>
    (event.kind === "write" && event.fd === 1) || (event.kind === "call" && event.call.does === "transfer" && event.call.to === 1)
      ? [{ at: event.at, bytes: undefined, stream: "stdout" as const }]
      : [],
  );

/** A trace has thousands of events of some hundred tasks. */
function remembered(test: (task: Task) => boolean): (task: Task) => boolean {
  const known = new Map<Task, boolean>();
  return (task) => {
    const before = known.get(task);
    if (before !== undefined) return before;
    const now = test(task);
    known.set(task, now);
    return now;
  };
}

function namespaces(found: KernelMilestones, inits: readonly Observation[]): void {
  const pivoted = found.rootfs_pivoted;
  const calls = inits.filter(
    ({ event }) =>
      event.kind === "unshare_enter" && (event.flags & NAMESPACE_FLAGS) !== 0 && (pivoted === undefined || event.at <= pivoted),
  );
  const last = calls.at(-1);
  set(found, "namespaces_begin", calls[0]?.event.at);
  set(
    found,
    "namespaces_done",
    inits.find(({ event, task }) => event.kind === "unshare_exit" && task === last?.task && event.at >= last.event.at)?.event.at,
  );
}

/** Programs that the runtime's create runs, be it through a wrapper, and waits for, between the cgroups and its own end. */
function hooks(found: KernelMilestones, seen: readonly Observation[], create: Task, inContainer: (task: Task) => boolean): void {
  const { cgroup_joined: from, create_exit: until } = found;
  if (from === undefined || until === undefined) return;
  const runs = seen.flatMap(({ event, task }) => {
    const isHook = event.kind === "exec" && event.at >= from && descendsFrom(task, create) && !inContainer(task);
    const end = isHook ? processExit(task, () => false) : undefined;
    return end !== undefined && end <= until ? [{ begin: event.at, end }] : [];
  });
  set(found, "hook_begin", runs[0]?.begin);
  set(
    found,
    "hook_end",
    runs.reduce<ClockNs | undefined>((last, { end }) => (last === undefined || end > last ? end : last), undefined),
  );
}

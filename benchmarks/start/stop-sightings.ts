/** Trace events → the kernel's milestones of a container's end, and what became of the signal that asked it to end. */
import type { StopMilestone } from "../../research/stop/milestones.ts";
import type { ClockNs } from "../../research/units.ts";
import { type Observation, observe, processExit, processOf } from "../timeline/process-tree.ts";
import type { TraceEvent } from "../timeline/trace-line.ts";

const SIGKILL = 9;

export interface StopSightings {
  readonly milestones: Partial<Record<StopMilestone, ClockNs>>;
  /** The kernel dropped the first signal: a first process without a handler for it ignores it. `undefined` without any. */
  readonly isIgnored: boolean | undefined;
}

interface StoppedContainer {
  readonly containerId: string;
  /** Its first process. */
  readonly init: number;
  /** By Docker's event, if there is one. */
  readonly networkLeft: ClockNs | undefined;
  /** The client's stop_done. */
  readonly until: ClockNs;
}

/** @param events of the whole machine, in the order of time, since before stop was sent */
export function stopSightings(
  events: Iterable<TraceEvent>,
  { containerId, init, networkLeft, until }: StoppedContainer,
): StopSightings {
  const seen = observe(events);
  const signals = seen.filter(({ event }) => event.kind === "signal" && event.to === init);
  const [first, ...later] = signals;
  const kill = later.find(({ event }) => event.kind === "signal" && event.signal === SIGKILL);
  const gone = seen.find(({ event, task }) => event.kind === "exit" && task.id === init)?.event.at;
  const removal = seen.find(({ event }) => event.kind === "cgroup_rmdir" && event.path.includes(containerId));
  const remover = removal && processOf(removal.task);
  const milestones = {
    kill_exec: first && processOf(first.task)?.execs[0]?.at,
    signal_sent: first?.event.at,
    kill_sent: kill?.event.at,
    process_gone: gone,
    delete_exec: remover?.execs[0]?.at,
    delete_exit: remover && processExit(remover, () => false),
    unmounted: gone === undefined ? undefined : lastUnmount(seen, networkLeft ?? gone, until),
  };
  return {
    milestones: Object.fromEntries(Object.entries(milestones).filter(([, at]) => at !== undefined)),
    isIgnored: first?.event.kind === "signal" ? first.event.isIgnored : undefined,
  };
}

/** What unmounts is the engine, which was there before: where several processes do, none is taken. */
function lastUnmount(seen: readonly Observation[], from: ClockNs, until: ClockNs): ClockNs | undefined {
  const unmounts = seen.flatMap(({ event, task }) =>
    event.kind === "unmounted" && event.at > from && event.at <= until && processOf(task) === undefined ? [event] : [],
  );
  return new Set(unmounts.map(({ process }) => process)).size === 1 ? unmounts.at(-1)?.at : undefined;
}

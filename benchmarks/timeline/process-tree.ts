/**
 * Who forked whom, from trace events. The kernel's fork event names threads, so the tree is one of tasks (threads and
 * processes alike); where a process is meant, it is the task that executed a program, with the threads it forked.
 */
import type { ClockNs } from "../../research/units.ts";
import type { TraceEvent } from "./trace-line.ts";

export interface Task {
  readonly id: number;
  /** `undefined` when the task was there before the trace began. */
  readonly parent: Task | undefined;
  readonly children: Task[];
  readonly execs: { readonly at: ClockNs; readonly filename: string }[];
  exit: { readonly at: ClockNs; readonly lastOfProcess: boolean | undefined } | undefined;
}

/** An event with the task that it happened to, resolved at its own time (ids are reused). */
export interface Observation {
  readonly event: TraceEvent;
  readonly task: Task;
}

/** @param events in the order of time, as the kernel prints them */
export function observe(events: Iterable<TraceEvent>): Observation[] {
  const alive = new Map<number, Task>();
  const add = (id: number, parent: Task | undefined): Task => {
    const task: Task = { id, parent, children: [], execs: [], exit: undefined };
    parent?.children.push(task);
    alive.set(id, task);
    return task;
  };
  const find = (id: number): Task => alive.get(id) ?? add(id, undefined);
  return Array.from(events, (event) => {
    switch (event.kind) {
      case "fork":
        return { event, task: add(event.child, find(event.tid)) };
      case "exec": {
        const task = find(event.pid);
        task.execs.push({ at: event.at, filename: event.filename });
        return { event, task };
      }
      case "exit": {
        const task = find(event.tid);
        task.exit = { at: event.at, lastOfProcess: event.lastOfProcess };
        return { event, task };
      }
      case "cgroup_attach":
        return { event, task: find(event.pid) };
      default:
        return { event, task: find(event.tid) };
    }
  });
}

/** The task and its ancestors, from the oldest to the task itself. */
export function lineage(task: Task): Task[] {
  const line: Task[] = [];
  for (let at: Task | undefined = task; at !== undefined; at = at.parent) line.push(at);
  return line.reverse();
}

export const descendsFrom = (task: Task, ancestor: Task): boolean => lineage(task).includes(ancestor);

/** The task that executed the program which `task` runs: itself, or the nearest ancestor that executed one. */
export function processOf(task: Task): Task | undefined {
  for (let at: Task | undefined = task; at !== undefined; at = at.parent) if (at.execs.length > 0) return at;
  return undefined;
}

/**
 * When the whole process ended: the exit of its last thread, which need not be the leader.
 * @param isOther tells children that were forked without an exec but are processes of their own
 */
export function processExit(leader: Task, isOther: (task: Task) => boolean): ClockNs | undefined {
  const exit = leader.exit;
  if (exit === undefined || exit.lastOfProcess === true) return exit?.at;
  const exits = threadsOf(leader, isOther).flatMap((thread) => thread.exit ?? []);
  if (exit.lastOfProcess === false) {
    const lasts = exits.filter(({ at, lastOfProcess }) => lastOfProcess === true && at >= exit.at);
    return lasts.map(({ at }) => at).reduce<ClockNs | undefined>(earlier, undefined);
  }
  // Kernels that do not tell which thread was the last: the latest is.
  return exits.reduce((latest, { at }) => (at > latest ? at : latest), exit.at);
}

const earlier = (first: ClockNs | undefined, at: ClockNs): ClockNs => (first === undefined || at < first ? at : first);

/** Tasks that the leader and its threads forked and that executed no program of their own. */
function threadsOf(leader: Task, isOther: (task: Task) => boolean): Task[] {
  return leader.children.flatMap((task) => (task.execs.length > 0 || isOther(task) ? [] : [task, ...threadsOf(task, isOther)]));
}

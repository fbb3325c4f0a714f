/**
 * One line of ftrace's text format → what the scheduler did. The layout is the kernel's (Documentation/trace/ftrace.rst,
 * "Output format"); the third of the flags tells whether an interrupt was being served.
 */
import { type ClockNs, clockNs } from "../../../research/units.ts";

export interface SchedulerLine {
  readonly at: ClockNs;
  readonly cpu: number;
  readonly tid: number;
  /** Process that the thread belongs to, where the trace records it. */
  readonly tgid: number | undefined;
  /** In an interrupt, of hardware or software: what happened there is not the doing of the thread. */
  readonly inInterrupt: boolean;
  readonly event: SchedulerEvent;
}

export type SchedulerEvent =
  | {
      readonly kind: "switch";
      readonly previous: ThreadName;
      /** As the kernel prints it: R runnable, S interruptible, D uninterruptible, … */
      readonly state: string;
      readonly next: ThreadName;
    }
  | { readonly kind: "waking"; readonly woken: ThreadName }
  | { readonly kind: "fork"; readonly child: ThreadName }
  | { readonly kind: "exec"; readonly pid: number; readonly oldPid: number; readonly filename: string }
  | { readonly kind: "exit" }
  | { readonly kind: "block_complete" };

export interface ThreadName {
  readonly tid: number;
  readonly comm: string;
}

const LINE = /^.{16}-(\d+) +(?:\( *([\d-]+)\) +)?\[(\d+)\] +(\S+) +(\d+)\.(\d{6}): (\w+): (.*)$/s;
const SWITCH =
  /^prev_comm=(.*) prev_pid=(\d+) prev_prio=-?\d+ prev_state=(\S+) ==> next_comm=(.*) next_pid=(\d+) next_prio=-?\d+$/s;
const WAKING = /^comm=(.*) pid=(\d+) prio=-?\d+ target_cpu=\d+$/s;
const FORK = /^comm=.* pid=\d+ child_comm=(.*) child_pid=(\d+)$/s;
const EXEC = /^filename=(.*) pid=(\d+) old_pid=(\d+)$/s;
/** Hardirq, softirq, both, NMI. */
const INTERRUPT = /^..[hsHzZ]/;

/** @returns `undefined` for a line that says nothing of the scheduler */
export function readSchedulerLine(line: string): SchedulerLine | undefined {
  const match = LINE.exec(line);
  if (match === null) return undefined;
  const [, tid, tgid, cpu, flags, seconds, micros, name, rest] = match as unknown as readonly [
    string,
    string,
    string | undefined,
    ...string[],
  ];
  const event = eventOf(name as string, rest as string);
  if (event === undefined) return undefined;
  return {
    at: clockNs(BigInt(seconds as string) * 1_000_000_000n + BigInt(micros as string) * 1_000n),
    cpu: Number(cpu),
    tid: Number(tid),
    tgid: tgid === undefined || !/^\d+$/.test(tgid) ? undefined : Number(tgid),
    inInterrupt: INTERRUPT.test(flags as string),
    event,
  };
}

function eventOf(name: string, rest: string): SchedulerEvent | undefined {
  switch (name) {
    case "sched_switch": {
      const [, from, fromTid, state, to, toTid] = SWITCH.exec(rest) ?? [];
      if (from === undefined || state === undefined || to === undefined) return undefined;
      return { kind: "switch", previous: { tid: Number(fromTid), comm: from }, state, next: { tid: Number(toTid), comm: to } };
    }
    case "sched_waking": {
      const [, comm, tid] = WAKING.exec(rest) ?? [];
      return comm === undefined ? undefined : { kind: "waking", woken: { tid: Number(tid), comm } };
    }
    case "sched_process_fork": {
      const [, comm, tid] = FORK.exec(rest) ?? [];
      return comm === undefined ? undefined : { kind: "fork", child: { tid: Number(tid), comm } };
    }
    case "sched_process_exec": {
      const [, filename, pid, oldPid] = EXEC.exec(rest) ?? [];
      return filename === undefined ? undefined : { kind: "exec", filename, pid: Number(pid), oldPid: Number(oldPid) };
    }
    case "sched_process_exit":
      return { kind: "exit" };
    case "block_rq_complete":
      return { kind: "block_complete" };
    default:
      return undefined;
  }
}

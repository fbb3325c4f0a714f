/**
 * One line of ftrace's text format → one event. The layout is the kernel's (Documentation/trace/ftrace.rst, "Output
 * format"): a command name padded to 16 bytes, `-`, the thread's id, the CPU, flags, seconds.microseconds, the event.
 */
import { type ClockNs, clockNs } from "../../research/units.ts";
import { DESCRIPTOR_EVENTS, type DescriptorEvent, PASSED_OVER, parseDescriptorEvent } from "./output/descriptor-events.ts";
import type { Tracepoint } from "./tracepoint.ts";

interface Stamped {
  /** Kernel's CLOCK_MONOTONIC, rounded to a microsecond by the text format. */
  readonly at: ClockNs;
  /** Thread that was running. */
  readonly tid: number;
}

export type TraceEvent = Stamped &
  (
    | { readonly kind: "fork"; readonly child: number }
    | { readonly kind: "exec"; readonly pid: number; readonly filename: string }
    /** `lastOfProcess` is undefined on kernels that do not print group_dead. */
    | { readonly kind: "exit"; readonly lastOfProcess: boolean | undefined }
    | { readonly kind: "cgroup_mkdir"; readonly path: string }
    | { readonly kind: "cgroup_attach"; readonly path: string; readonly pid: number }
    | { readonly kind: "unshare_enter"; readonly flags: number }
    | { readonly kind: "unshare_exit" }
    | { readonly kind: "clone_enter" }
    | { readonly kind: "clone_exit" }
    | { readonly kind: "pivot_root" }
    | { readonly kind: "listen"; readonly port: number }
    /** `isIgnored`: the kernel dropped it, as its receiver has no handler for it. */
    | { readonly kind: "signal"; readonly signal: number; readonly to: number; readonly isIgnored: boolean }
    | { readonly kind: "cgroup_rmdir"; readonly path: string }
    /** `process` is undefined where it was not recorded. */
    | { readonly kind: "unmounted"; readonly process: number | undefined }
    | DescriptorEvent
  );

/**
 * A path is printed as it is, so that one with a line end could print lines of its own: a program in a stranger's container
 * would make milestones in ours. Programs so named are not recorded. (The `!` needs Linux 4.17; "0" is no filter.)
 */
const WITHOUT_LINE_END = '!(filename ~ "*\n*")';

/** What the timeline reads; a probe enables these, and others only while it is asked to. */
export const TRACE_EVENTS: readonly Tracepoint[] = [
  { event: "sched/sched_process_fork" },
  { event: "sched/sched_process_exec", filter: WITHOUT_LINE_END, plainFilter: "0" },
  { event: "sched/sched_process_exit" },
  { event: "cgroup/cgroup_mkdir" },
  { event: "cgroup/cgroup_attach_task" },
  { event: "syscalls/sys_enter_unshare" },
  { event: "syscalls/sys_exit_unshare" },
  { event: "syscalls/sys_enter_pivot_root" },
  ...DESCRIPTOR_EVENTS,
];

/** Every process that is made: too many to watch always. */
export const CLONE_EVENTS: readonly Tracepoint[] = [
  { event: "syscalls/sys_enter_clone3" },
  { event: "syscalls/sys_exit_clone3" },
];

/** When a socket begins to listen, beside all else that happens to sockets. */
export const LISTEN_EVENTS: readonly Tracepoint[] = [{ event: "sock/inet_sock_set_state", filter: "newstate == 10" }];

/** What a container's end consists of, and whose threads do it. Of SIGCHLD there are too many, and of SIGURG, by which Go interrupts itself. */
export const STOP_WATCH = {
  events: [
    { event: "signal/signal_generate", filter: "sig != 17 && sig != 23" },
    { event: "cgroup/cgroup_rmdir" },
    { event: "syscalls/sys_exit_umount", optional: true },
  ],
  options: ["record-tgid"],
} as const satisfies { readonly events: readonly Tracepoint[]; readonly options: readonly string[] };

const LINE = /^.{16}-(\d+) +(?:\(([ \d-]+)\) +)?\[\d+\] +\S+ +(\d+)\.(\d{6}): (\w+|<stack trace>)(.*)$/s;

/** TRACE_SIGNAL_IGNORED (trace/events/signal.h). */
const IGNORED = "1";

/** The text format rounds to a microsecond. */
export const TRACE_RESOLUTION_NS = 1_000;

/** @returns `undefined` for a line that is no event, or one that is not as the kernel writes it */
export function readTraceLine(line: string): TraceEvent | typeof PASSED_OVER | undefined {
  const match = LINE.exec(line);
  if (match === null) return undefined;
  const [, tid, process, seconds, micros, name, rest] = match as unknown as [
    string,
    string,
    string?,
    ...[string, string, string, string],
  ];
  const stamp: Stamped = { at: clockNs(BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1_000n), tid: Number(tid) };
  return parseEvent(stamp, name, rest, Number(process) || undefined);
}

/** The same, without telling why there is no event. */
export function parseTraceLine(line: string): TraceEvent | undefined {
  const event = readTraceLine(line);
  return event === PASSED_OVER ? undefined : event;
}

/** @param process to which the thread belongs, where that was recorded */
function parseEvent(
  stamp: Stamped,
  name: string,
  rest: string,
  process: number | undefined,
): TraceEvent | typeof PASSED_OVER | undefined {
  switch (name) {
    case "sched_process_fork": {
      const child = /child_pid=(\d+)$/.exec(rest)?.[1];
      return child === undefined ? undefined : { ...stamp, kind: "fork", child: Number(child) };
    }
    case "sched_process_exec": {
      // Where a line end was let through, nothing behind it can be believed.
      const exec = /filename=(.*) pid=(\d+) old_pid=\d+$/.exec(rest);
      if (exec === null || Number(exec[2]) !== stamp.tid) return undefined;
      return { ...stamp, kind: "exec", filename: exec[1] as string, pid: stamp.tid };
    }
    case "sched_process_exit": {
      const exit = / pid=\d+ prio=-?\d+(?: group_dead=(true|false))?$/.exec(rest);
      if (exit === null) return undefined;
      const last = exit[1];
      return { ...stamp, kind: "exit", lastOfProcess: last === undefined ? undefined : last === "true" };
    }
    case "cgroup_mkdir": {
      const path = / path=(.*)$/s.exec(rest)?.[1];
      return path === undefined ? undefined : { ...stamp, kind: "cgroup_mkdir", path };
    }
    case "cgroup_attach_task": {
      const attach = / dst_path=(.*?) pid=(\d+) comm=/s.exec(rest);
      return attach === null ? undefined : { ...stamp, kind: "cgroup_attach", path: attach[1] as string, pid: Number(attach[2]) };
    }
    case "sys_unshare": {
      if (rest.startsWith(" -> ")) return { ...stamp, kind: "unshare_exit" };
      const flags = /[( ]unshare_flags: (?:0x)?([0-9a-f]+)\)$/.exec(rest)?.[1];
      return flags === undefined ? undefined : { ...stamp, kind: "unshare_enter", flags: Number.parseInt(flags, 16) };
    }
    case "sys_clone3":
      return { ...stamp, kind: rest.startsWith("(") ? "clone_enter" : "clone_exit" };
    case "inet_sock_set_state": {
      const listens = / sport=(\d+) .*newstate=TCP_LISTEN$/.exec(rest)?.[1];
      return listens === undefined ? PASSED_OVER : { ...stamp, kind: "listen", port: Number(listens) };
    }
    case "signal_generate": {
      const signal = /^: sig=(\d+) .* pid=(\d+) grp=\d+ res=(\d+)$/s.exec(rest);
      if (signal === null) return undefined;
      return { ...stamp, kind: "signal", signal: Number(signal[1]), to: Number(signal[2]), isIgnored: signal[3] === IGNORED };
    }
    case "cgroup_rmdir": {
      const path = / path=(.*)$/s.exec(rest)?.[1];
      return path === undefined ? undefined : { ...stamp, kind: "cgroup_rmdir", path };
    }
    case "sys_umount":
      return rest === " -> 0x0" ? { ...stamp, kind: "unmounted", process } : PASSED_OVER;
    case "sys_pivot_root":
      return rest.startsWith("(") ? { ...stamp, kind: "pivot_root" } : PASSED_OVER;
    default: {
      const event = parseDescriptorEvent(name, rest);
      return event === undefined || event === PASSED_OVER ? event : { ...stamp, ...event };
    }
  }
}

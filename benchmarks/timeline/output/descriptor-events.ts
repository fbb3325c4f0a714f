/**
 * The system calls that move file descriptors and write to them: what the kernel is asked to record of them, and its lines
 * read back. With them the container's own output is followed, wherever its descriptors go.
 */
import type { Tracepoint } from "../tracepoint.ts";

/** What a thread asks for; it has happened when the call returns. */
export type DescriptorCall =
  /** A copy of a descriptor, of the number that the call returns. */
  | { readonly does: "copy"; readonly from: number; readonly closeOnExec: boolean }
  /** A file is opened for writing, at the number that the call returns. */
  | { readonly does: "open"; readonly closeOnExec: boolean }
  /** Bytes move within the kernel, as many as the call returns; when it waits for its input, they move at its end. */
  | { readonly does: "transfer"; readonly to: number; readonly waits: boolean };

export type DescriptorEvent =
  | { readonly kind: "call"; readonly name: string; readonly call: DescriptorCall }
  /** Negative when the call failed. */
  | { readonly kind: "return"; readonly name: string; readonly value: number }
  /** Begins; its return says how many bytes it wrote. */
  | { readonly kind: "write"; readonly name: string; readonly fd: number }
  | { readonly kind: "close"; readonly first: number; readonly last: number; readonly ownTable: boolean }
  | { readonly kind: "close_on_exec"; readonly first: number; readonly last: number; readonly on: boolean }
  /** The child has the table of its parent, not a copy: a thread. Comes before its fork. */
  | { readonly kind: "shares_descriptors"; readonly child: number }
  /** Pages of a file on a device have changed: what is being written is a file there. */
  | { readonly kind: "dirtied" }
  /** The open that has just begun (or, unless it was recorded, begins) is of a name for somebody's descriptor 1 or 2. */
  | { readonly kind: "link_opened" };

/** O_WRONLY and O_RDWR (fcntl.h). */
const FOR_WRITING = "flags & 3";
/** fcntl.h. */
const [F_DUPFD, F_SETFD, F_DUPFD_CLOEXEC] = [0, 2, 1030] as const;
const [O_CLOEXEC, FD_CLOEXEC] = [0x80000, 1] as const;
/** ioctls.h. */
const [FIONCLEX, FIOCLEX] = [0x5450, 0x5451] as const;
/** close_range.h. */
const [CLOSE_RANGE_UNSHARE, CLOSE_RANGE_CLOEXEC] = [2, 4] as const;
const CLONE_FILES = 0x400;
const WRITES = ["write", "writev", "pwrite64", "pwritev", "pwritev2", "vmsplice"] as const;

const names = (patterns: readonly string[]): string => patterns.map((pattern) => `filename.ustring ~ "${pattern}"`).join(" || ");
const STDOUT_NAMES = names(["/dev/stdout", "/dev/fd/1", "/proc/*/fd/1"]);
const STDERR_NAMES = names(["/dev/stderr", "/dev/fd/2", "/proc/*/fd/2"]);
const NOWHERE = names(["/dev/null"]);

/**
 * The trace prints a file's name as a pointer only, but filters can read it (`.ustring`, Linux 5.17). So an open is recorded
 * in three ways: with its line alone, any file; with its line and a stack behind it, a name of standard output; with a stack
 * and no line, a name of standard error. Which of the two it was matters where they differ.
 */
const openOf = (call: string): Tracepoint => ({
  event: `syscalls/sys_enter_${call}`,
  filter: `${FOR_WRITING} && !(${STDERR_NAMES} || ${NOWHERE})`,
  plainFilter: FOR_WRITING,
  trigger: `stacktrace if ${FOR_WRITING} && (${STDOUT_NAMES} || ${STDERR_NAMES})`,
});
const both = (call: string, filters: { readonly enter?: string; readonly exit?: string } = {}): Tracepoint[] => [
  { event: `syscalls/sys_enter_${call}`, ...(filters.enter === undefined ? {} : { filter: filters.enter }) },
  { event: `syscalls/sys_exit_${call}`, ...(filters.exit === undefined ? {} : { filter: filters.exit }) },
];
const optional = (events: readonly Tracepoint[]): Tracepoint[] => events.map((event) => ({ ...event, optional: true }));

/** Other architectures lack the older calls, and older kernels the newer ones: a kernel without a call needs no event for it. */
export const DESCRIPTOR_EVENTS: readonly Tracepoint[] = [
  { event: "task/task_newtask", filter: `clone_flags & ${CLONE_FILES}` },
  ...optional([
    ...["dup", "dup2", "dup3"].flatMap((call) => both(call)),
    ...both("fcntl", {
      enter: `cmd == ${F_DUPFD} || cmd == ${F_DUPFD_CLOEXEC} || cmd == ${F_SETFD}`,
      exit: "ret != 0 && ret < 1024",
    }),
    { event: "syscalls/sys_enter_ioctl", filter: `cmd == ${FIOCLEX} || cmd == ${FIONCLEX}` },
    { event: "syscalls/sys_enter_close" },
    { event: "syscalls/sys_enter_close_range" },
    ...["open", "openat"].flatMap((call) => [openOf(call), { event: `syscalls/sys_exit_${call}` }]),
    ...["openat2", "creat"].flatMap((call) => both(call)),
    ...[...WRITES, "sendfile64", "splice", "tee"].flatMap((call) => both(call)),
    // Pipes and other things that are in memory alone have no device. The number of I_DIRTY_PAGES is not the same on all kernels.
    { event: "writeback/writeback_mark_inode_dirty", filter: 'name != "(unknown)"' },
  ]),
];

/** A line of the trace that is as it should be and tells nothing here. */
export const PASSED_OVER = "passed over";

/** @returns `undefined` for a line that is not as the kernel writes it */
export function parseDescriptorEvent(name: string, rest: string): DescriptorEvent | typeof PASSED_OVER | undefined {
  if (name.startsWith("sys_")) {
    const call = name.slice("sys_".length);
    if (!rest.startsWith(" -> ")) return parseCall(call, rest);
    const value = /^ -> 0x([0-9a-f]+)$/.exec(rest)?.[1];
    if (!RETURNING.has(call)) return PASSED_OVER;
    return value === undefined ? undefined : { kind: "return", name: call, value: signed(value) };
  }
  switch (name) {
    case "task_newtask": {
      const [, child, flags] = /^: pid=(\d+) comm=.* clone_flags=([0-9a-f]+) oom_score_adj=/s.exec(rest) ?? [];
      if (child === undefined || flags === undefined) return undefined;
      return (Number.parseInt(flags, 16) & CLONE_FILES) === 0
        ? PASSED_OVER
        : { kind: "shares_descriptors", child: Number(child) };
    }
    case "writeback_mark_inode_dirty":
      return !rest.startsWith(": bdi (unknown):") && / flags=\S*\bI_DIRTY_PAGES\b/.test(rest) ? { kind: "dirtied" } : PASSED_OVER;
    case "<stack trace>":
      return { kind: "link_opened" };
    default:
      return PASSED_OVER;
  }
}

const RETURNING: ReadonlySet<string> = new Set([
  ...WRITES,
  ..."dup dup2 dup3 fcntl open openat openat2 creat sendfile64 splice tee".split(" "),
]);

/** All arguments are printed in hexadecimal, on some kernels without 0x. */
function parseCall(name: string, rest: string): DescriptorEvent | typeof PASSED_OVER | undefined {
  const names = ARGUMENTS[name];
  if (names === undefined) return PASSED_OVER;
  const values = names.map((argument) => new RegExp(`[( ]${argument}: (?:0x)?([0-9a-f]+)[,)]`).exec(rest)?.[1]);
  if (values.includes(undefined)) return undefined;
  return meaningOf(name, values.map((value) => Number.parseInt(value ?? "", 16)) as [number, number, number]);
}

/** The arguments that matter, in the order in which {@link meaningOf} takes them. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  write: ["fd", "count"],
  pwrite64: ["fd", "count"],
  writev: ["fd", "vlen"],
  pwritev: ["fd", "vlen"],
  pwritev2: ["fd", "vlen"],
  vmsplice: ["fd", "nr_segs"],
  sendfile64: ["out_fd"],
  splice: ["fd_out"],
  tee: ["fdout"],
  dup: ["fildes"],
  dup2: ["oldfd"],
  dup3: ["oldfd", "flags"],
  fcntl: ["fd", "cmd", "arg"],
  ioctl: ["fd", "cmd"],
  close: ["fd"],
  close_range: ["fd", "max_fd", "flags"],
  open: ["flags"],
  openat: ["flags"],
  openat2: [],
  creat: [],
};

function meaningOf(
  name: string,
  [first, second, third]: readonly [number, number, number],
): DescriptorEvent | typeof PASSED_OVER | undefined {
  const call = (does: DescriptorCall): DescriptorEvent => ({ kind: "call", name, call: does });
  switch (name) {
    case "write":
    case "pwrite64":
    case "writev":
    case "pwritev":
    case "pwritev2":
    case "vmsplice":
      return second === 0 ? PASSED_OVER : { kind: "write", name, fd: first };
    case "sendfile64":
      return call({ does: "transfer", to: first, waits: false });
    case "splice":
    case "tee":
      return call({ does: "transfer", to: first, waits: true });
    case "dup":
    case "dup2":
      return call({ does: "copy", from: first, closeOnExec: false });
    case "dup3":
      return call({ does: "copy", from: first, closeOnExec: (second & O_CLOEXEC) !== 0 });
    case "fcntl":
      return second === F_SETFD
        ? { kind: "close_on_exec", first, last: first, on: (third & FD_CLOEXEC) !== 0 }
        : call({ does: "copy", from: first, closeOnExec: second === F_DUPFD_CLOEXEC });
    case "ioctl":
      return { kind: "close_on_exec", first, last: first, on: second === FIOCLEX };
    case "close":
      return { kind: "close", first, last: first, ownTable: false };
    case "close_range":
      return (third & CLOSE_RANGE_CLOEXEC) !== 0
        ? { kind: "close_on_exec", first, last: second, on: true }
        : { kind: "close", first, last: second, ownTable: (third & CLOSE_RANGE_UNSHARE) !== 0 };
    case "open":
    case "openat":
    case "openat2":
    case "creat":
      return call({ does: "open", closeOnExec: ((first ?? 0) & O_CLOEXEC) !== 0 });
    default:
      return undefined;
  }
}

const signed = (hexadecimal: string): number => Number(BigInt.asIntN(64, BigInt(`0x${hexadecimal}`)));

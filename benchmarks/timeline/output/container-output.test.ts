import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { observe } from "../process-tree.ts";
import { readTraceText } from "../trace-text.ts";
import { outputWrites } from "./container-output.ts";

const ENTRY = 100;
let clock = 0;
const stamp = (): string => {
  clock += 1;
  return `1.${String(clock).padStart(6, "0")}`;
};
const line = (tid: number, text: string): string => `${"sh".padStart(16)}-${tid}    [000] .....  ${stamp()}: ${text}`;
/** Each a microsecond after the one before, in whatever order they were made. */
const inOrder = (lines: readonly string[]): string[] => lines.map((text) => text.replace(/1\.\d{6}/, stamp));
const STACK = [" => ftrace_syscall_enter", " => syscall_trace_enter"];
const exec = (tid: number): string => line(tid, `sched_process_exec: filename=/bin/sh pid=${tid} old_pid=${tid}`);
const fork = (parent: number, child: number, isThread = false): string[] => [
  ...(isThread ? [line(parent, `task_newtask: pid=${child} comm=sh clone_flags=3d0f00 oom_score_adj=0`)] : []),
  line(parent, `sched_process_fork: comm=sh pid=${parent} child_comm=sh child_pid=${child}`),
];
const hex = (value: number): string => (value < 0 ? BigInt.asUintN(64, BigInt(value)).toString(16) : value.toString(16));
const call = (tid: number, name: string, args: string, value: number): string[] => [
  line(tid, `sys_${name}(${args})`),
  line(tid, `sys_${name} -> 0x${hex(value)}`),
];
const write = (tid: number, fd: number): string => line(tid, `sys_write(fd: 0x${hex(fd)}, buf: 0x55, count: 3)`);
const dup2 = (tid: number, from: number, to: number): string[] =>
  call(tid, "dup2", `oldfd: 0x${hex(from)}, newfd: 0x${hex(to)}`, to);
const open = (tid: number, fd: number, flags = 0x241): string[] =>
  call(tid, "openat", `dfd: 0xffffff9c, filename: 0x55, flags: 0x${hex(flags)}, mode: 0x1b6`, fd);
const close = (tid: number, fd: number): string => line(tid, `sys_close(fd: 0x${hex(fd)})`);
const dirtied = (tid: number, flags = "I_DIRTY_PAGES"): string =>
  line(tid, `writeback_mark_inode_dirty: bdi 254:0: ino=7 state= flags=${flags}`);
const wrote = (tid: number, bytes = 3): string => line(tid, `sys_write -> 0x${hex(bytes)}`);
/** To a file on a device. */
const writeToDevice = (tid: number, fd: number): string[] => [write(tid, fd), dirtied(tid), wrote(tid)];

/** The streams written to, in order. */
function streams(...lines: (string | string[])[]): string[] {
  const { events, unreadable } = readTraceText(inOrder([exec(ENTRY), ...lines.flat()]));
  expect(unreadable).toEqual([]);
  return outputWrites(observe(events)).map(({ stream }) => stream);
}

describe("the container's own output", () => {
  it("is what descriptors 1 and 2 of the exec hold", () => {
    expect(streams(write(ENTRY, 1), write(ENTRY, 2), write(ENTRY, 3))).toEqual(["stdout", "stderr"]);
  });

  it("is not the pipe of a command substitution", () => {
    expect(streams(fork(ENTRY, 101), dup2(101, 4, 1), write(101, 1), write(101, 2), write(ENTRY, 1))).toEqual([
      "stderr",
      "stdout",
    ]);
  });

  it("comes back when a shell has put descriptor 1 aside for a builtin's redirection", () => {
    const aside = call(ENTRY, "fcntl", "fd: 1, cmd: 0, arg: 0xa", 11);
    const file = [open(ENTRY, 3), aside, dup2(ENTRY, 3, 1), [close(ENTRY, 3)]].flat();
    const back = [...dup2(ENTRY, 11, 1), close(ENTRY, 11)];
    expect(streams(file, writeToDevice(ENTRY, 1), back, write(ENTRY, 11), write(ENTRY, 1))).toEqual(["stdout"]);
  });

  it("is unknown where a file was opened of which no pages on a device change while it is written to", () => {
    expect(streams(open(ENTRY, 3), write(ENTRY, 3), wrote(ENTRY))).toEqual(["unknown"]);
    expect(streams(open(ENTRY, 3), writeToDevice(ENTRY, 3), write(ENTRY, 3), wrote(ENTRY))).toEqual([]);
    expect(streams(open(ENTRY, 3), call(ENTRY, "sendfile64", "out_fd: 3, in_fd: 0, offset: 0, count: 9", 9))).toEqual([
      "unknown",
    ]);
    const [begun, returned] = call(ENTRY, "sendfile64", "out_fd: 3, in_fd: 0, offset: 0, count: 9", 9) as [string, string];
    expect(streams(open(ENTRY, 3), begun, dirtied(ENTRY), returned)).toEqual([]);
  });

  it.each<[string, (string | string[])[]]>([
    ["that another task changed", [write(ENTRY, 3), dirtied(101), wrote(ENTRY)]],
    ["that the task changed once it had written", [write(ENTRY, 3), wrote(ENTRY), dirtied(ENTRY)]],
    ["that it changed before", [dirtied(ENTRY), write(ENTRY, 3), wrote(ENTRY)]],
    [
      "whose times changed: of a file that was read, or forgotten for its memory",
      [write(ENTRY, 3), dirtied(ENTRY, "I_DIRTY_SYNC"), wrote(ENTRY)],
    ],
    ["changed by a write whose end was not seen: it may have been after it", [write(ENTRY, 3), dirtied(ENTRY)]],
    ["changed by one that failed", [write(ENTRY, 3), dirtied(ENTRY), wrote(ENTRY, -28), write(ENTRY, 3), wrote(ENTRY)]],
    ["changed by a write to another file", [open(ENTRY, 4), write(ENTRY, 3), wrote(ENTRY), writeToDevice(ENTRY, 4)]],
  ])("is not excluded by an inode %s", (_, lines) => {
    expect(streams(fork(ENTRY, 101), open(ENTRY, 3), ...lines)).toEqual(["unknown"]);
  });

  it("is what a name of it opens: recorded with a stack for standard output, with a stack alone for standard error", () => {
    const [begun, returned] = open(ENTRY, 3) as [string, string];
    const stack = [line(ENTRY, "<stack trace>"), ...STACK];
    expect(streams([begun, ...stack, returned], write(ENTRY, 3))).toEqual(["stdout"]);
    expect(streams([...stack, returned], write(ENTRY, 3))).toEqual(["stderr"]);
    const moved = [...fork(ENTRY, 101), ...dup2(101, 4, 1)];
    const [ofChild, toChild] = open(101, 3) as [string, string];
    // Its own standard output is a pipe, the entrypoint's is not: whose the name means is not told.
    expect(streams(moved, [ofChild, line(101, "<stack trace>"), ...STACK, toChild], write(101, 3))).toEqual(["unknown"]);
    expect(streams(moved, [line(101, "<stack trace>"), ...STACK, toChild], write(101, 3))).toEqual(["stderr"]);
  });

  it("is not misled by the stack of a task that waits within an open", () => {
    const [begun, returned] = open(ENTRY, 3) as [string, string];
    expect(
      streams([begun, line(ENTRY, "<stack trace>"), " => __schedule", " => io_schedule", returned], write(ENTRY, 3)),
    ).toEqual(["unknown"]);
  });

  it("is closed on exec where that was asked for", () => {
    const copies = [
      ...call(ENTRY, "fcntl", "fd: 1, cmd: 0x406, arg: 0x3", 3),
      ...call(ENTRY, "dup3", "oldfd: 1, newfd: 4, flags: 0x80000", 4),
      ...call(ENTRY, "dup", "fildes: 1", 5),
      line(ENTRY, "sys_fcntl(fd: 0x5, cmd: 2, arg: 1)"),
      ...call(ENTRY, "dup", "fildes: 2", 6),
      line(ENTRY, "sys_ioctl(fd: 6, cmd: 0x5451, arg: 0)"),
    ];
    const writes = [3, 4, 5, 6].map((fd) => write(ENTRY, fd));
    expect(streams(copies, writes)).toEqual(["stdout", "stdout", "stdout", "stderr"]);
    expect(streams(copies, exec(ENTRY), writes, write(ENTRY, 1))).toEqual(["stdout"]);
  });

  it("is shared by threads and copied by forks", () => {
    expect(streams(fork(ENTRY, 101, true), dup2(101, 4, 1), write(ENTRY, 1))).toEqual([]);
    expect(streams(fork(ENTRY, 101), dup2(101, 4, 1), write(ENTRY, 1))).toEqual(["stdout"]);
    const alone = line(101, "sys_unshare(unshare_flags: 0x400)");
    expect(streams(fork(ENTRY, 101, true), alone, dup2(101, 4, 1), write(ENTRY, 1))).toEqual(["stdout"]);
  });

  it("is not written to by what fails or moves nothing", () => {
    expect(streams(call(ENTRY, "sendfile64", "out_fd: 1, in_fd: 0, offset: 0, count: 0x1000000", -22))).toEqual([]);
    expect(streams(call(ENTRY, "sendfile64", "out_fd: 1, in_fd: 3, offset: 0, count: 0x1000000", 0))).toEqual([]);
    expect(streams(call(ENTRY, "sendfile64", "out_fd: 1, in_fd: 3, offset: 0, count: 0x1000000", 9))).toEqual(["stdout"]);
    expect(streams(call(ENTRY, "dup2", "oldfd: 1, newfd: 5", -9), write(ENTRY, 5))).toEqual([]);
    expect(streams(write(ENTRY, 1), wrote(ENTRY, -11), write(ENTRY, 2), wrote(ENTRY, 1))).toEqual(["stderr"]);
  });

  it("is written to when a splice ends, which may have waited for its input", () => {
    const spliced = call(ENTRY, "splice", "fd_in: 0, off_in: 0, fd_out: 1, off_out: 0, len: 0x10000, flags: 0", 4);
    const { events } = readTraceText(inOrder([exec(ENTRY), ...spliced]));
    expect(outputWrites(observe(events))).toEqual([{ at: events.at(-1)?.at, bytes: 4, stream: "stdout" }]);
  });

  it("is written to from the beginning of a write on, by as many bytes as its return says", () => {
    const { events } = readTraceText(inOrder([exec(ENTRY), write(ENTRY, 1), wrote(ENTRY, 2), write(ENTRY, 2)]));
    const [, first, , unfinished] = events.map(({ at }) => at);
    expect(outputWrites(observe(events))).toEqual([
      { at: first, bytes: 2, stream: "stdout" },
      { at: unfinished, bytes: undefined, stream: "stderr" },
    ]);
  });
});

/** A kernel of our own that knows every descriptor, where the code under test knows those of the output only. */
class Kernel {
  readonly lines: string[] = [exec(ENTRY)];
  readonly expected: string[] = [];
  readonly #tables = new Map([
    [
      ENTRY,
      new Map([
        [0, { object: "other", closeOnExec: false }],
        [1, { object: "stdout", closeOnExec: false }],
        [2, { object: "stderr", closeOnExec: false }],
      ]),
    ],
  ]);
  #last = ENTRY;

  step({ kind, task, from, to, flag }: Step): void {
    const tids = [...this.#tables.keys()];
    const tid = tids[task % tids.length] as number;
    const table = this.#tables.get(tid) as Map<number, { object: string; closeOnExec: boolean }>;
    const held = table.get(from);
    const least = [...Array(20).keys()].find((fd) => !table.has(fd)) as number;
    if (kind === "pipe") table.set(least, { object: "other", closeOnExec: flag }); // its numbers are not printed
    if (kind === "file") {
      this.lines.push(...open(tid, least, flag ? 0x80241 : 0x241), write(tid, least), dirtied(tid), wrote(tid));
      table.set(least, { object: "other", closeOnExec: flag });
    }
    if (kind === "dup2" && held !== undefined && from !== to) {
      this.lines.push(...dup2(tid, from, to));
      table.set(to, { object: held.object, closeOnExec: false });
    }
    if (kind === "dup" && held !== undefined) {
      this.lines.push(...call(tid, "fcntl", `fd: 0x${hex(from)}, cmd: ${flag ? "0x406" : "0"}, arg: 0`, least));
      table.set(least, { object: held.object, closeOnExec: flag });
    }
    if (kind === "close") {
      this.lines.push(close(tid, from));
      table.delete(from);
    }
    if (kind === "fork") {
      this.#last += 1;
      this.lines.push(...fork(tid, this.#last, flag));
      this.#tables.set(this.#last, flag ? table : new Map(table));
    }
    if (kind === "exec") {
      this.lines.push(exec(tid));
      this.#tables.set(tid, new Map([...table].filter(([, { closeOnExec }]) => !closeOnExec)));
    }
    if (kind === "write" && held !== undefined) {
      this.lines.push(write(tid, from));
      if (held.object !== "other") this.expected.push(held.object);
    }
  }
}

const step = fc.record({
  kind: fc.constantFrom("pipe", "file", "dup2", "dup", "close", "fork", "exec", "write", "write"),
  task: fc.nat(5),
  from: fc.nat(6),
  to: fc.nat(6),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

it("is told from everything else, whatever is done with descriptors", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      clock = 0;
      const kernel = new Kernel();
      for (const each of steps) kernel.step(each);
      const { events } = readTraceText(kernel.lines);
      expect(outputWrites(observe(events)).map(({ stream }) => stream)).toEqual(kernel.expected);
    }),
    { numRuns: 300 },
  );
});

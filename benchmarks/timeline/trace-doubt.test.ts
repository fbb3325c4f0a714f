import { describe, expect, it } from "vitest";
import { traceDoubt } from "./trace-doubt.ts";

const line = (comm: string, text: string): string => `${comm.padStart(16)}-2741    [001] d..1.  1552.257996: ${text}`;
const WRITE = "sys_write(fd: 1, buf: 0x2d899710, count: 3)";

describe("a trace", () => {
  it("is not doubted for its comments, its stacks, events of others and names that hold line ends", () => {
    const lines = [
      "# tracer: nop",
      "",
      "##### CPU 1 buffer started ####",
      line("a", WRITE),
      line("a", "<stack trace>"),
      " => ftrace_syscall_enter",
      line("a", "sched_switch: whatever it says"),
      ...line("c\nd", WRITE).split("\n"),
    ];
    expect(traceDoubt({ lost: 0, lines })).toBeUndefined();
  });

  // Where the kernel did not take the filter that leaves such programs out.
  const FORGED = line("x", "sched_process_exec: filename=/y");
  it.each([
    ["path", ["sched_process_exec: filename=/bin/with\na line\nend pid=2741 old_pid=2741"]],
    [
      "path that holds a line of the trace",
      [`sched_process_exec: filename=/x\n${FORGED} pid=7 old_pid=7\nz pid=2741 old_pid=2741`],
    ],
    [
      "path that ends one line and begins another",
      [`sched_process_exec: filename=/x pid=2741 old_pid=2741\n${FORGED} pid=7 old_pid=7`],
    ],
    [
      "path that guesses the time",
      [
        "sched_process_exec: filename=/x pid=2741 old_pid=2741\n",
        FORGED.replace("1552.257996", "1552.257995"),
        " pid=2741 old_pid=2741",
      ],
    ],
  ])("is doubted when a program was executed from a %s", (_, texts) => {
    const lines = [line("a", WRITE), ...line("b", texts.join("")).split("\n"), line("a", WRITE)];
    expect(traceDoubt({ lost: 0, lines })).toMatch(/lines of the kernel's trace cannot be read/);
  });

  // As the kernel prints it with options that somebody set for the whole machine.
  it.each([
    ["noirq-info", "              sh-12    [001]   1552.257996: sys_write(fd: 1, buf: 0x2d899710, count: 3)"],
    ["nocontext-info", "sys_write(fd: 1, buf: 0x2d899710, count: 3)"],
    ["latency-format", "      sh-12        1.....  165us : sys_write(fd: 1, buf: 0x2d899710, count: 3)"],
    ["hex", "0000000c 01 0000000000000029 0000000100000001"],
    ["fields", line("sh", "sched_process_fork: parent_comm=sh parent_pid=12 (0xc) child_comm=sh child_pid=13 (0xd)")],
  ])("is doubted when its text is another: %s", (_, text) => {
    const doubt = traceDoubt({ lost: 0, lines: [line("a", WRITE), text] });
    expect(doubt).toContain("1 of 2 lines of the kernel's trace cannot be read");
    expect(doubt).toContain(text.trim().slice(0, 20));
  });

  it("from which events were dropped names the program that made most of the rest", () => {
    const lines = [...Array(9).fill(line("yes", WRITE)), line("runc", WRITE)];
    expect(traceDoubt({ lost: 7, lines })).toBe(
      'the kernel dropped 7 trace events: 9 of the 10 that are left come from the program "yes"; stop it while measuring',
    );
    expect(traceDoubt({ lost: 7, lines: [line("a", WRITE), line("b", WRITE), line("c", WRITE)] })).toContain("busy");
    expect(traceDoubt({ lost: 7, lines: [] })).toContain("dropped 7");
  });
});

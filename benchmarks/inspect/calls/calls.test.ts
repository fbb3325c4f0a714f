import { expect, test } from "vitest";
import { CallCounter } from "./count-calls.ts";
import { syscallName } from "./syscall-names.ts";

test.each([
  ["x64", 0, "read"],
  ["x64", 59, "execve"],
  ["x64", 231, "exit_group"],
  ["x64", 334, "rseq"],
  ["x64", 435, "clone3"],
  ["x64", 463, "setxattrat"],
  ["arm64", 63, "read"],
  ["arm64", 79, "newfstatat"],
  ["arm64", 221, "execve"],
  ["arm64", 435, "clone3"],
  ["arm64", 244, "call 244"],
  ["x64", 9999, "call 9999"],
  ["riscv64", 0, "call 0"],
])("on %s the call %i is %s", (architecture, number, name) => expect(syscallName(architecture, number)).toBe(name));

test("calls are counted as they begin, and timed where both ends were seen, each thread for itself", () => {
  const counter = new CallCounter("x64");
  for (const line of [
    "     a sh:-1-101     [000] ..... 10.000001: sys_exit: NR 1 = 3",
    "     a sh:-1-101     [000] ..... 10.000010: sys_enter: NR 0 (3, 7f, 10, 0, 0, 0)",
    "       nginx-102     [001] d..2. 10.000011: sys_enter: NR 232 (8, 7f, 200, ffffffff, 0, 8)",
    "     a sh:-1-101     [000] ..... 10.000030: sys_exit: NR 0 = 16",
    "     a sh:-1-101     [000] ..... 10.000040: sys_enter: NR 0 (3, 7f, 10, 0, 0, 0)",
    "       nginx-102     [001] ..... 10.100011: sys_exit: NR 232 = 1",
    "CPU:1 [LOST 12 EVENTS]",
    "     a sh:-1-101     [000] ..... 10.200000: sys_exit: NR 5 = 0",
  ])
    counter.take(line);
  expect(counter.counted()).toEqual([
    { name: "epoll_wait", count: 1, time_ns: 100_000_000, timed: 1 },
    { name: "read", count: 2, time_ns: 20_000, timed: 1 },
  ]);
});

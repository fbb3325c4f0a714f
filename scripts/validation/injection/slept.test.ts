import { expect, it } from "vitest";
import { sleptNs } from "./slept.ts";

const id = "a".repeat(64);
const line = (tid: number, micros: number, rest: string): string =>
  `${"sh".padStart(16)}-${tid}    [001] .....  1552.${String(micros).padStart(6, "0")}: ${rest}`;
const fork = (parent: number, child: number, micros: number): string =>
  line(parent, micros, `sched_process_fork: comm=sh pid=${parent} child_comm=sh child_pid=${child}`);
const sleep = (tid: number, from: number, to: number): string[] => [
  line(tid, from, "sys_clock_nanosleep(which_clock: 0, flags: 0, rqtp: 0x7ffd, rmtp: 0x7ffe)"),
  line(tid, to, "sys_clock_nanosleep -> 0x0"),
];

it("adds up the sleeps of the programs below the container's shim, and of no other", () => {
  const trace = [
    fork(10, 11, 100),
    line(11, 200, "sched_process_exec: filename=/usr/bin/shim pid=11 old_pid=11"),
    fork(11, 12, 300),
    line(12, 400, "sched_process_exec: filename=/opt/runtime pid=12 old_pid=12"),
    fork(12, 13, 500),
    ...sleep(13, 600, 50_700),
    ...sleep(10, 50_800, 60_800),
    ...sleep(99, 50_900, 60_900),
    fork(12, 14, 61_000),
    line(12, 62_000, `cgroup_attach_task: dst_root=3 dst_id=7 dst_level=2 dst_path=/docker/${id} pid=14 comm=runc`),
    ...sleep(14, 63_000, 63_060),
  ];
  expect(sleptNs(trace, id)).toBe(50_160_000n);
  expect(sleptNs(trace, "b".repeat(64))).toBe(0n);
});

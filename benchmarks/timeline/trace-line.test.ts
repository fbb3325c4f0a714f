import { describe, expect, it } from "vitest";
import { parseTraceLine } from "./trace-line.ts";

const line = (comm: string, rest: string): string => `${comm.padStart(16)}-2741    [001] d..1.  1552.257996: ${rest}`;
const stamp = { at: 1_552_257_996_000n, tid: 2741 };

describe("parseTraceLine", () => {
  it.each([
    ["sched_process_fork: comm=x pid=9 child_comm=a child_pid=1 child_pid=2742", { kind: "fork", child: 2742 }],
    [
      "sched_process_exec: filename=/bin/a b pid=1 pid=2741 old_pid=2741",
      { kind: "exec", filename: "/bin/a b pid=1", pid: 2741 },
    ],
    ["sched_process_exit: comm=echo pid=2741 prio=120 group_dead=true", { kind: "exit", lastOfProcess: true }],
    ["sched_process_exit: comm=echo pid=2741 prio=120 group_dead=false", { kind: "exit", lastOfProcess: false }],
    ["sched_process_exit: comm=echo pid=2741 prio=120", { kind: "exit", lastOfProcess: undefined }],
    ["cgroup_mkdir: root=3 id=7420 level=2 path=/docker/abc", { kind: "cgroup_mkdir", path: "/docker/abc" }],
    [
      "cgroup_attach_task: dst_root=3 dst_id=7 dst_level=2 dst_path=/docker/abc pid=2737 comm=runc",
      { kind: "cgroup_attach", path: "/docker/abc", pid: 2737 },
    ],
    ["sys_unshare(unshare_flags: 0x6c020000)", { kind: "unshare_enter", flags: 0x6c020000 }],
    ["sys_unshare -> 0x0", { kind: "unshare_exit" }],
    ["sys_pivot_root(new_root: 0xc0000f0a9e, put_old: 0xc0000f0aa0)", { kind: "pivot_root" }],
    ["sys_write(fd: 1, buf: 0x2d899710, count: 3)", { kind: "write_stdout" }],
    ["sys_writev(fd: 1, vec: 0x7ffd, vlen: 2)", { kind: "write_stdout" }],
    ["sys_sendfile64(out_fd: 1, in_fd: 3, offset: 0, count: 0x1000000)", { kind: "write_stdout" }],
    ["sys_splice(fd_in: 3, off_in: 0, fd_out: 1, off_out: 0, len: 0x10000, flags: 0)", { kind: "write_stdout" }],
  ])("%s", (rest, event) => {
    expect(parseTraceLine(line("echo", rest))).toEqual({ ...stamp, ...event });
  });

  it.each(["runc:[0:PARENT]", "a-1 [000] ...", "-2 [001]", "12: sys_write"])("is not misled by the command name %j", (comm) => {
    expect(parseTraceLine(line(comm, "sys_unshare -> 0x0"))).toEqual({ ...stamp, kind: "unshare_exit" });
  });

  it.each([
    "",
    "# tracer: nop",
    "CPU:1 [LOST 12 EVENTS]",
    line("x", "sys_mount(dev_name: 0)"),
    line("x", "sys_write(fd: 2, buf: 0)"),
    line("x", "sys_write(fd: 10, buf: 0)"),
  ])("passes over %j", (text) => {
    expect(parseTraceLine(text)).toBeUndefined();
  });
});

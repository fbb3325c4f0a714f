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
    ["sys_write(fd: 1, buf: 0x2d899710, count: 3)", { kind: "write", name: "write", fd: 1 }],
    ["sys_writev(fd: 1, vec: 0x7ffd, vlen: 2)", { kind: "write", name: "writev", fd: 1 }],
    ["sys_write(fd: a, buf: 2d899710, count: 10)", { kind: "write", name: "write", fd: 10 }],
    [
      "sys_sendfile64(out_fd: 1, in_fd: 3, offset: 0, count: 0x1000000)",
      { kind: "call", name: "sendfile64", call: { does: "transfer", to: 1, waits: false } },
    ],
    [
      "sys_splice(fd_in: 3, off_in: 0, fd_out: 1, off_out: 0, len: 0x10000, flags: 0)",
      { kind: "call", name: "splice", call: { does: "transfer", to: 1, waits: true } },
    ],
    ["sys_splice -> 0x6", { kind: "return", name: "splice", value: 6 }],
    ["sys_dup2(oldfd: 0xb, newfd: 1)", { kind: "call", name: "dup2", call: { does: "copy", from: 11, closeOnExec: false } }],
    ["sys_dup2 -> 0xfffffffffffffff7", { kind: "return", name: "dup2", value: -9 }],
    [
      "sys_dup3(oldfd: 0xb, newfd: 1, flags: 0x80000)",
      { kind: "call", name: "dup3", call: { does: "copy", from: 11, closeOnExec: true } },
    ],
    ["sys_fcntl(fd: 1, cmd: 0, arg: 0xa)", { kind: "call", name: "fcntl", call: { does: "copy", from: 1, closeOnExec: false } }],
    [
      "sys_fcntl(fd: 1, cmd: 0x406, arg: 0xa)",
      { kind: "call", name: "fcntl", call: { does: "copy", from: 1, closeOnExec: true } },
    ],
    ["sys_fcntl(fd: 0xb, cmd: 2, arg: 1)", { kind: "close_on_exec", first: 11, last: 11, on: true }],
    ["sys_ioctl(fd: 3, cmd: 0x5450, arg: 0)", { kind: "close_on_exec", first: 3, last: 3, on: false }],
    ["sys_close(fd: 0xb)", { kind: "close", first: 11, last: 11, ownTable: false }],
    ["sys_close_range(fd: 3, max_fd: 0xffffffff, flags: 2)", { kind: "close", first: 3, last: 0xffffffff, ownTable: true }],
    ["sys_close_range(fd: 3, max_fd: 0xffffffff, flags: 4)", { kind: "close_on_exec", first: 3, last: 0xffffffff, on: true }],
    [
      "sys_openat(dfd: 0xffffffffffffff9c, filename: 0x55b2393cdc18, flags: 0x80241, mode: 0x1b6)",
      { kind: "call", name: "openat", call: { does: "open", closeOnExec: true } },
    ],
    ["task_newtask: pid=12 comm=a pid=3 clone_flags=3d0f00 oom_score_adj=0", { kind: "shares_descriptors", child: 12 }],
    ["writeback_mark_inode_dirty: bdi 254:0: ino=2146343 state= flags=I_DIRTY_SYNC|I_DIRTY_PAGES", { kind: "dirtied" }],
    ["<stack trace>", { kind: "link_opened" }],
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
    line("x", "sys_write(fd: 1, buf: 0x2d899710, count: 0)"),
    line("x", "sys_ioctl -> 0x0"),
    line("x", "task_newtask: pid=12 comm=a clone_flags=1200011 oom_score_adj=0"),
    line("x", "writeback_mark_inode_dirty: bdi (unknown): ino=7 state= flags=I_DIRTY_PAGES"),
    line("x", "writeback_mark_inode_dirty: bdi 254:0: ino=7 state=I_DIRTY_PAGES flags=I_DIRTY_SYNC"),
    " => ftrace_syscall_enter",
  ])("passes over %j", (text) => {
    expect(parseTraceLine(text)).toBeUndefined();
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sightedMilestones } from "./sighted-milestones.ts";
import { straceSights } from "./strace-sights.ts";

/** One start as strace wrote it; writes elsewhere and the image's own folders are left out, long paths are shortened. */
const captured = readFileSync(new URL("./fixtures/strace.txt", import.meta.url), "utf8").split("\n");
const id = "f62ec30bfae1979a4864319e931c2539914a32fd6048a3cae633faf71995407a";
const BEGINNING = 1_795_486_747_000_000_000n;
const micros = (count: number): bigint => BigInt(count) * 1_000n;

/** Lines of one second; times come out in µs. */
const sights = (...lines: string[]) =>
  straceSights(lines, (wall) => wall).map(({ at, ...sight }) => ({ ...sight, at: Number(at / 1_000n) }));

describe("strace's lines", () => {
  it("tell every milestone of a captured start, at the stamps that stand there", () => {
    const seen = straceSights(captured, (wall) => wall - BEGINNING);
    expect(sightedMilestones(seen, id)).toEqual({
      milestones: {
        shim_exec: micros(245_079),
        create_exec: micros(293_903),
        cgroup_first: micros(339_588),
        cgroup_joined: micros(363_807),
        namespaces_begin: micros(368_748),
        namespaces_done: micros(368_748 + 616),
        hook_begin: micros(413_165),
        hook_end: micros(561_164),
        rootfs_pivoted: micros(562_926),
        create_exit: micros(591_900),
        runtime_start_exec: micros(612_867),
        runtime_start_exit: micros(647_193),
        entry_exec: micros(643_373),
        entry_acts: micros(652_734),
        entry_exit: micros(653_641),
      },
      returned: {},
    });
  });

  it("tell threads from processes, and whose child one is that was cloned for its parent", () => {
    const born = sights(
      "10 0.000001 clone(child_stack=NULL, flags=CLONE_VM|CLONE_VFORK|SIGCHLD) = 20 <0.000001>",
      "20    0.000002 clone3({flags=CLONE_VM|CLONE_THREAD, ...} => {parent_tid=[21]}, 88) = 21 <0.000001>",
      "21    0.000003 fork() = 30 <0.000001>",
      "30    0.000004 clone(child_stack=0x7ff, flags=CLONE_PARENT|SIGCHLD) = 31 <0.000001>",
      '30    0.000005 execve("/bin/a", ["a"], 0x1 /* 1 var */) = 0 <0.000007>',
      '31    0.000006 pivot_root(".", ".") = 0 <0.000001>',
      "21    0.000007 +++ killed by SIGKILL +++",
    );
    expect(born).toEqual([
      { kind: "exec", at: 5, pid: 30, parent: 20 },
      { kind: "pivot", at: 6, pid: 31, parent: 20 },
      { kind: "exit", at: 7, pid: 20 },
    ]);
  });

  it("of one call in two parts are put together, also where a thread takes over its process by executing", () => {
    const parts = sights(
      "40 0.000001 clone3({flags=CLONE_VM|CLONE_THREAD, ...} <unfinished ...>",
      '41 0.000003 execve("/bin/a", ["a"], 0x1 /* 1 var */ <unfinished ...>',
      "40 0.000004 <... clone3 resumed> => {parent_tid=[41]}, 88) = 41 <0.000003>",
      "40 0.000005 +++ superseded by execve in pid 41 +++",
      "40 0.000009 <... execve resumed>) = 0 <0.000006>",
    );
    expect(parts).toEqual([{ kind: "exec", at: 3, pid: 40, parent: 0 }]);
  });

  it("of calls that failed, of other folders than cgroups, and of writes before a root was pivoted tell nothing", () => {
    const nothing = sights(
      '50 0.000001 execve("/nowhere", ["a"], 0x1 /* 1 var */) = -1 ENOENT (No such file or directory) <0.000001>',
      `50 0.000002 mkdirat(AT_FDCWD</>, "/sys/fs/cgroup/memory/docker/${id}", 0755) = -1 EEXIST (File exists) <0.000001>`,
      `50 0.000003 mkdirat(AT_FDCWD</>, "/run/task/${id}", 0711) = 0 <0.000001>`,
      '50 0.000004 write(1<pipe:[1]>, "early\\n", 6) = 6 <0.000001>',
      "50 0.000005 --- SIGCHLD {si_signo=SIGCHLD} ---",
      "strace: Process 50 detached",
    );
    expect(nothing).toEqual([]);
    const something = sights(
      `50 0.000001 mkdirat(7</sys/fs/cgroup/unified>, "docker/${id}", 0755) = 0 <0.000001>`,
      `50 0.000002 write(9</sys/fs/cgroup/unified/docker/${id}/cgroup.procs>, "51", 2) = 2 <0.000001>`,
      '50 0.000003 pivot_root(".", ".") = 0 <0.000001>',
      '50 0.000004 write(2<pipe:[1]>, "error\\n", 6) = 6 <0.000001>',
      '50 0.000005 write(1<pipe:[1]>, "a <b>\\n", 6) = 6 <0.000001>',
      "50 0.000006 unshare(CLONE_NEWNS|CLONE_FS|CLONE_NEWPID) = 0 <0.000002>",
    );
    expect(something).toEqual([
      { kind: "mkdir", at: 1, pid: 50, path: `/sys/fs/cgroup/unified/docker/${id}` },
      { kind: "attach", at: 2, pid: 50, joined: 51, path: `/sys/fs/cgroup/unified/docker/${id}/cgroup.procs` },
      { kind: "pivot", at: 3, pid: 50, parent: 0 },
      { kind: "write", at: 5, pid: 50 },
      { kind: "unshare", at: 6, pid: 50, parent: 0, flags: 0x20020000 },
      { kind: "unshared", at: 8, pid: 50 },
    ]);
  });
});

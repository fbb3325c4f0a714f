import { describe, expect, it } from "vitest";
import type { Sight } from "./sight.ts";
import { sightedMilestones } from "./sighted-milestones.ts";

const id = "a".repeat(64);
const path = `/docker/${id}`;

/** A start by runc on Docker 20.10: 1 containerd, 2 launcher, 3 shim, 4 create, 5 init's first stage, 6 init, 7 hook, 8 start. */
const START: readonly Sight[] = [
  { kind: "exec", at: 10n, pid: 2, parent: 1 },
  { kind: "execve", at: 11n, pid: 2 },
  { kind: "exec", at: 20n, pid: 3, parent: 2 },
  { kind: "exit", at: 25n, pid: 2 },
  { kind: "exec", at: 30n, pid: 4, parent: 3 },
  { kind: "exec", at: 40n, pid: 5, parent: 4 },
  { kind: "mkdir", at: 50n, pid: 4, path },
  { kind: "mkdir", at: 51n, pid: 4, path },
  { kind: "attach", at: 60n, pid: 4, joined: 5, path },
  { kind: "attach", at: 61n, pid: 4, joined: 5, path },
  { kind: "exec", at: 65n, pid: 5, parent: 4 },
  { kind: "unshare", at: 70n, pid: 5, parent: 4, flags: 0x400 },
  { kind: "unshared", at: 71n, pid: 5 },
  { kind: "unshare", at: 72n, pid: 5, parent: 4, flags: 0x6c020000 },
  { kind: "unshared", at: 73n, pid: 5 },
  { kind: "exec", at: 80n, pid: 7, parent: 4 },
  { kind: "exit", at: 88n, pid: 7 },
  { kind: "exit", at: 90n, pid: 7 },
  { kind: "pivot", at: 100n, pid: 6, parent: 4 },
  { kind: "exit", at: 110n, pid: 4 },
  { kind: "exit", at: 111n, pid: 4 },
  { kind: "exec", at: 120n, pid: 8, parent: 3 },
  { kind: "exec", at: 130n, pid: 6, parent: 3 },
  { kind: "execve", at: 131n, pid: 6 },
  { kind: "exit", at: 132n, pid: 8 },
  { kind: "write", at: 140n, pid: 6 },
  { kind: "exit", at: 150n, pid: 6 },
];

describe("sightedMilestones", () => {
  it("finds every milestone of a start among others", () => {
    const other = START.map((sight): Sight => {
      const moved = { ...sight, at: sight.at + 3n, pid: sight.pid + 100 };
      const rest = {
        ...("parent" in sight ? { parent: sight.parent + 100 } : {}),
        ...("joined" in sight ? { joined: sight.joined + 100 } : {}),
        ...("path" in sight ? { path: `/docker/${"b".repeat(64)}` } : {}),
      };
      return { ...moved, ...rest } as Sight;
    });
    const both = [...START, ...other].sort((a, b) => Number(a.at - b.at));
    expect(sightedMilestones(both, id)).toEqual({
      milestones: {
        shim_exec: 10n,
        create_exec: 30n,
        cgroup_first: 50n,
        cgroup_joined: 61n,
        namespaces_begin: 72n,
        namespaces_done: 73n,
        hook_begin: 80n,
        hook_end: 90n,
        rootfs_pivoted: 100n,
        create_exit: 111n,
        runtime_start_exec: 120n,
        runtime_start_exit: 132n,
        entry_exec: 130n,
        entry_acts: 140n,
        entry_exit: 150n,
      },
      returned: { shim_exec: 11n, entry_exec: 131n },
    });
  });

  it("finds nothing of a container that it did not see", () => {
    expect(sightedMilestones(START, "c".repeat(64))).toEqual({ milestones: {}, returned: {} });
  });
});

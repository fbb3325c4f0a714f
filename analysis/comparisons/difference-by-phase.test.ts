import { describe, expect, it } from "vitest";
import { startTaking as start } from "../testing/starts.ts";
import { groupPhases } from "./difference-by-phase.ts";

describe("groupPhases", () => {
  it("sets phases against each other that both sides show", () => {
    const groups = groupPhases([start({ create_api: 10, hook: 100 })], [start({ create_api: 8, hook: 60 })]);
    expect(groups).toEqual([
      { phases: ["create_api"], tier: "daemon", a_ms: [10], b_ms: [8] },
      { phases: ["hook"], tier: "runtime", a_ms: [100], b_ms: [60] },
    ]);
  });

  it("counts a hook that did not happen as no time", () => {
    const [, hook] = groupPhases([start({ create_api: 10, hook: 100 })], [start({ create_api: 8 })]);
    expect(hook).toEqual({ phases: ["hook"], tier: "runtime", a_ms: [100], b_ms: [0] });
  });

  it("does not take a hook that no probe could see for one that did not happen", () => {
    const traced = start({ daemon_prepare: 20, shim_start: 10, hook: 60, entrypoint: 5 });
    const byEvents = start({ daemon_prepare: 100 }, { daemon_prepare: ["shim_start", "rootfs_mounts", "entrypoint"] });
    expect(groupPhases([traced], [byEvents])).toMatchObject([
      { phases: expect.arrayContaining(["daemon_prepare", "shim_start", "hook", "entrypoint"]), a_ms: [95], b_ms: [100] },
    ]);
  });

  it("joins on both sides what one side cannot tell apart", () => {
    const runc = start({ init_bootstrap: 1, namespaces: 2, rootfs_mounts: 3, runtime_finish: 4 });
    const crun = start({ init_bootstrap: 5, runtime_finish: 6 }, { init_bootstrap: ["namespaces", "rootfs_mounts"] });
    expect(groupPhases([runc], [crun])).toEqual([
      { phases: ["init_bootstrap", "namespaces", "rootfs_mounts"], tier: "runtime", a_ms: [6], b_ms: [5] },
      { phases: ["runtime_finish"], tier: "runtime", a_ms: [4], b_ms: [6] },
    ]);
  });

  it("gives a group of several tiers no tier", () => {
    const hidden = start({ daemon_prepare: 50 }, { daemon_prepare: ["shim_start"] });
    expect(groupPhases([start({ daemon_prepare: 20, shim_start: 10 })], [hidden])).toEqual([
      { phases: ["daemon_prepare", "shim_start"], tier: null, a_ms: [30], b_ms: [50] },
    ]);
  });
});

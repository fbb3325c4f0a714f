import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderTable, RUNGS, type Rung } from "../../research/tables/ladder.ts";
import type { Launchers } from "../design/ports.ts";
import type { DockerEngine } from "../edges/engine/docker.ts";
import { ownerToken } from "../edges/host/owner.ts";
import { removeLaunchFolder, sweepLaunchFolders } from "../edges/programs/launch-folder.ts";
import { openLaunchers } from "../edges/programs/launchers.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { sweepTurn } from "../testing/sweep-turn.ts";
import { ladder } from "./ladder.ts";

const never = new AbortController().signal;

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["static"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

const engine = () => lab.wired;
const ourFolders = () => readdirSync("/var/tmp").filter((name) => name.startsWith(`tierbench-launch-${ownerToken}-`));
const ourCgroups = () =>
  execFileSync("find", ["/sys/fs/cgroup", "-maxdepth", "2", "-name", `tierbench-launch-${ownerToken}-*`], { encoding: "utf8" });

async function nothingIsLeft(): Promise<void> {
  expect(ourFolders()).toEqual([]);
  expect(await lab.containers()).toEqual([]);
  expect(ourCgroups()).toBe("");
}

describe("ladder", () => {
  it("costs more with every rung, by the least of the trials", async () => {
    const rows = await lab.measure(ladder, ladderTable, 2, { engine: lab.wired });
    expect(rows.map(({ reason }) => reason)).toEqual(rows.map(() => null));
    const had = RUNGS.filter((rung) => rows.some((row) => row.rung === rung));
    // Not every machine has crun, and not every one that has can use it.
    expect(had.filter((rung) => rung !== "crun")).toEqual(["exec", "unshare", "runc", "api", "cli"]);
    for (const rung of had) expect(rows.filter((row) => row.rung === rung)).toHaveLength(2);
    for (const row of rows) {
      const api = row.rung === "api";
      expect([row.container_id === null, row.spawned_ns === null, row.removed_ns === null]).toEqual([!api, api, !api]);
      expect(row.first_byte_ns).toBeGreaterThan(row.spawned_ns ?? 0);
      expect(row.removed_ns ?? row.ended_ns).toBeGreaterThan(Number(row.first_byte_ns));
    }
    // Other work on the machine can only add to a time.
    const least = (rung: Rung) => Math.min(...rows.filter((row) => row.rung === rung).map(({ ended_ns }) => Number(ended_ns)));
    expect(least("runc")).toBeGreaterThan(2 * least("unshare"));
    expect(least("api")).toBeGreaterThan(2 * least("runc"));
    expect(least("cli")).toBeGreaterThan(2 * least("runc"));
    await nothingIsLeft();
  });

  it("leaves out a rung that does not work when it is tried, and measures the others", async () => {
    const without = async (image: string): Promise<Launchers> => {
      const launchers = await openLaunchers(engine(), image, never);
      const launch: Launchers["launch"] = (rung, command) =>
        launchers.launch(rung, rung === "unshare" ? ["/bin/busybox", "echo", "something else"] : command);
      return { launch, [Symbol.asyncDispose]: () => launchers[Symbol.asyncDispose]() };
    };
    const rows = await lab.measure(ladder, ladderTable, 1, { engine: lab.wired, openLaunchers: without });
    expect(new Set(rows.map(({ rung }) => rung))).toEqual(
      new Set(RUNGS.filter((rung) => rung !== "unshare" && (rung !== "crun" || rows.some((row) => row.rung === rung)))),
    );
    expect(rows.every(({ outcome }) => outcome === "ok")).toBe(true);
  });

  it("cannot be measured where the engine is elsewhere, and says so", async () => {
    const elsewhere = new Proxy(engine(), {
      get: (real, name) => (name === "local" ? false : real[name as keyof DockerEngine]),
    });
    const open = (image: string) => openLaunchers(elsewhere, image, never);
    await expect(lab.measure(ladder, ladderTable, 1, { openLaunchers: open })).rejects.toThrow(
      "run tierbench on the engine's host",
    );
  });
});

describe("what launches a program", () => {
  let launchers: Launchers;
  beforeAll(async () => {
    launchers = await openLaunchers(engine(), lab.laboratory.images.static, never);
  });
  afterAll(async () => {
    await launchers[Symbol.asyncDispose]();
    await nothingIsLeft();
  });
  const script = (text: string) => ["/bin/busybox", "sh", "-c", text];

  it.each(["unshare", "runc", "cli"] as const)("%s gives it namespaces of its own, exec does not", async (rung) => {
    const kinds = ["mnt", "uts", "ipc", "net", "pid"];
    const ask = script(`for kind in ${kinds.join(" ")}; do readlink /proc/self/ns/$kind; done`);
    const here = kinds.map((kind) => readlinkSync(`/proc/self/ns/${kind}`));
    const lines = async (of: typeof rung | "exec") => (await launchers.launch(of, ask)).output.trim().split("\n");
    expect(await lines("exec")).toEqual(here);
    const theirs = await lines(rung);
    expect(theirs.map((namespace) => namespace.split(":")[0])).toEqual(kinds);
    for (const [index, namespace] of theirs.entries()) expect(namespace).not.toBe(here[index]);
  });

  it.each(["exec", "unshare", "runc", "cli"] as const)("%s tells what went wrong, and the next is not confused", async (rung) => {
    const { problem, ended, began } = await launchers.launch(rung, script("echo a word >&2; exit 3"));
    expect(problem).toBe("it exited with code 3: a word");
    expect(ended).toBeGreaterThan(began);
    expect((await launchers.launch(rung, ["/bin/nothing"])).problem).toMatch(/nothing/);
    expect(await launchers.launch(rung, ["/bin/busybox", "echo", "hello"])).toMatchObject({
      output: "hello\n",
      problem: undefined,
    });
  });

  it("a container that still runs ends when its folder is removed", async () => {
    const running = launchers.launch("runc", script("echo up; sleep 1000"));
    const folder = join("/var/tmp", ourFolders()[0] ?? "");
    const state = () =>
      spawnSync("runc", ["--root", join(folder, "state/runc"), "state", basename(folder)], { encoding: "utf8" });
    for (const end = Date.now() + 60_000; !state().stdout.includes('"running"'); ) {
      if (Date.now() > end) throw new Error("the container does not come up");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await removeLaunchFolder(folder);
    expect((await running).problem).toMatch(/exited with code|ended by/);
  });
});

describe("a sweep", () => {
  const made: string[] = [];
  const make = (token: string): string => {
    const folder = mkdtempSync(`/var/tmp/tierbench-launch-${token}-`);
    made.push(folder);
    mkdirSync(join(folder, "rootfs"));
    return folder;
  };
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  it("removes the folders of those that are gone, and nobody else's", async () => {
    await using _turn = await sweepTurn();
    const gone = "4194999999.1";
    const [left, alive, open] = [make(gone), make(ownerToken), make(gone)];
    chmodSync(open, 0o755);
    const link = `/var/tmp/tierbench-launch-${gone}-linked`;
    symlinkSync(alive, link);
    made.push(link);
    const swept = [...sweepLaunchFolders()];
    expect(swept.map(({ what }) => what)).toContain(`folder ${left}`);
    for (const leftover of swept) if ("remove" in leftover) await leftover.remove();
    expect([left, alive, open, link].map((folder) => existsSync(folder))).toEqual([false, true, true, true]);
  });
});

import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { burstTable } from "../../research/tables/burst.ts";
import { coldRootfsTable } from "../../research/tables/cold-rootfs.ts";
import { readyTable } from "../../research/tables/ready.ts";
import { parseUntil } from "../design/until.ts";
import type { DockerEngine } from "../edges/engine/docker.ts";
import { residency } from "../edges/host/residency.ts";
import { openImageFiles } from "../edges/images/image-files.ts";
import { median, type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { burstOf } from "./burst.ts";
import { coldRootfs } from "./cold-rootfs.ts";
import { ready } from "./ready.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory();
}, 600_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

const ok = (rows: readonly { outcome: string; reason: string | null }[]): void =>
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));

describe("ready", () => {
  it("takes an application's own start into account", async () => {
    const rows = await lab.measure(ready, readyTable, 1, { engine: lab.wired });
    ok(rows);
    // Other work on the machine can only add to a time: the least of the trials is what the application costs.
    const process = (application: string): number =>
      Math.min(
        ...rows
          .filter((row) => row.application === application)
          .map(({ ready_ns, entry_exec_ns }) => Number(ready_ns) - Number(entry_exec_ns)),
      );
    expect(process("python")).toBeGreaterThan(3 * process("shell"));
    expect(process("nginx")).toBeGreaterThan(3 * process("shell"));
    // nginx's log tells that it begins before it answers; the others are ready when they act.
    for (const { application, ready_ns, entry_acts_ns } of rows)
      expect(ready_ns ?? 0)[application === "nginx" ? "toBeGreaterThan" : "toBe"](entry_acts_ns ?? Number.NaN);
  });
});

describe("burst", () => {
  it("of four is slower a start than of one, and each start has a timeline of its own", async () => {
    const rows = await lab.measure(burstOf([1, 4]), burstTable, 1);
    ok(rows);
    expect(rows).toHaveLength(1 + 4);
    const since = (size: number) =>
      median(
        rows
          .filter((row) => row.size === size)
          .map(({ late_ns, entry_acts_ns }) => (late_ns ?? Number.NaN) + (entry_acts_ns ?? Number.NaN)),
      );
    expect(since(4)).toBeGreaterThan(since(1));
    expect(new Set(rows.map(({ container_id }) => container_id)).size).toBe(rows.length);
    for (const row of rows) {
      const order = [row.cgroup_first_ns, row.rootfs_pivoted_ns, row.entry_exec_ns].map((at) => at ?? Number.NaN);
      expect(order, inspect(row)).toEqual(order.toSorted((a, b) => a - b));
      expect(order, inspect(row)).not.toContain(Number.NaN);
    }
    expect(await lab.containers()).toEqual([]);
  });
});

describe("burst until ready", () => {
  it("has each start's own time, after its act", async () => {
    const command = ["sh", "-c", "echo begun; sleep 0.1; echo ready; sleep 60"];
    const wait = { until: parseUntil("log:^ready$") };
    const rows = await lab.measure(burstOf([2], { command, wait, words: "ready after 0.1 s" }), burstTable, 1);
    ok(rows);
    for (const { ready_ns, entry_acts_ns } of rows) expect(Number(ready_ns) - Number(entry_acts_ns)).toBeGreaterThan(99e6);
    expect(await lab.containers()).toEqual([]);
  });
});

describe("cold-rootfs", () => {
  it("evicts the image's files and leaves the engine's own programs in memory", async () => {
    const { rootfsCache, images, engine } = lab.laboratory;
    const { docker } = engine as DockerEngine;
    const files = await openImageFiles(docker).of(images.shell);
    const resident = (): number => residency(files).reduce((sum, bytes) => sum + bytes, 0);
    const node = readlinkSync("/proc/self/exe");
    const residentAfterReading = (): number => {
      execFileSync("cat", files.map(String), { maxBuffer: 64 << 20 });
      return resident();
    };
    // Again where another's cold start came between: it empties the whole page cache.
    await expect.poll(residentAfterReading, { timeout: 30_000 }).toBeGreaterThan(0);
    await rootfsCache.evict(images.shell);
    expect(resident()).toBe(0);
    expect(residency([Buffer.from(node)])[0]).toBeGreaterThan(0);

    // Of the larger ones thousands of files are in memory, as their tars were just read.
    const { shell } = images;
    const rows = await lab.measure(coldRootfs, coldRootfsTable, 1, { images: { ...images, web: shell, python: shell } });
    ok(rows);
    for (const { mode, evict_ns } of rows) expect(evict_ns === null).toBe(mode === "warm");
  });

  it("is refused while a container holds the files", async () => {
    const { engine, images, rootfsCache } = lab.laboratory;
    const id = await engine.create({ image: images.shell, command: ["sleep", "600"] }, new AbortController().signal);
    try {
      await engine.start(id, new AbortController().signal);
      await expect(rootfsCache.evict(images.shell)).rejects.toThrow("stay in the page cache");
    } finally {
      await engine.remove(id);
    }
  });
});

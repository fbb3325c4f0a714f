import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cpuThrottlingTable } from "../../research/tables/cpu-throttling.ts";
import { namespacesTable } from "../../research/tables/namespaces.ts";
import { eventsProbe } from "../edges/events-probe.ts";
import type { ContainerRequest } from "../ports.ts";
import { median, type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { cpuThrottling } from "./cpu-throttling.ts";
import { namespaces } from "./namespaces.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["shell", "python"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

describe("cpu-throttling", () => {
  it("holds a container to its limit, by the cgroup's own accounting", async () => {
    const rows = await lab.measure(cpuThrottling, cpuThrottlingTable, 10); // a share of 10 in 50: two blocks
    expect(rows.map(({ outcome }) => outcome)).toEqual(rows.map(() => "ok"));
    const cpus = (limit: string): number =>
      Math.max(...rows.filter((row) => row.cpu_limit === limit).map(({ usage_ns, wall_ns }) => (usage_ns ?? 0) / (wall_ns ?? 1)));
    // Other work on the machine can take from what is allowed, nothing can add to it: the most of the trials counts.
    expect(cpus("0.5")).toBeGreaterThan(0.45);
    expect(cpus("0.5")).toBeLessThan(0.55);
    expect(cpus("0.25")).toBeLessThan(0.3);
    expect(cpus("none")).toBeGreaterThan(cpus("0.5"));
    for (const row of rows.filter(({ cpu_limit }) => cpu_limit === "0.25" || cpu_limit === "0.5")) {
      expect(row.throttled_periods).toBeGreaterThan(0);
      expect(row.throttled_periods).toBeLessThanOrEqual((row.periods ?? 0) + 1);
      expect(row.periods).toBeGreaterThanOrEqual(19);
      expect(row.periods).toBeLessThanOrEqual(22);
    }
    expect(rows.filter(({ cpu_limit }) => cpu_limit === "none").map(({ periods }) => periods)).toEqual([null, null]);
  });
});

describe("namespaces", () => {
  it("of the network cost more than of the host's name, and all more than any", async () => {
    const rows = await lab.measure(namespaces, namespacesTable, 8); // a share of 20 in 50: three blocks
    expect(rows.map(({ reason }) => reason)).toEqual(rows.map(() => null));
    const unshare = (namespace: string) =>
      median(rows.filter((row) => row.namespace === namespace && !row.warmup).map(({ unshare_ns }) => unshare_ns));
    expect(unshare("net")).toBeGreaterThan(5 * unshare("uts"));
    expect(unshare("all")).toBeGreaterThan(unshare("uts"));
    for (const { clone_ns } of rows) expect(clone_ns).toBeGreaterThan(0);
  });

  it("can not be had without the kernel's trace, and says so", async () => {
    await expect(lab.measure(namespaces, namespacesTable, 1, { probe: eventsProbe })).rejects.toThrow(
      "this needs the kernel's trace",
    );
  });

  it("that the kernel forbids are failed rows with the reason", async () => {
    // Without the capability that the experiment asks for.
    const { engine } = lab.laboratory;
    const forbidding = new Proxy(engine, {
      get: (real, name) => {
        const value = real[name as keyof typeof real];
        if (name === "create")
          return (request: ContainerRequest, signal: AbortSignal) =>
            real.create({ ...request, settings: { network: "none" } }, signal);
        return typeof value === "function" ? (value as () => unknown).bind(real) : value;
      },
    });
    await expect(lab.measure(namespaces, namespacesTable, 1, { engine: forbidding })).rejects.toThrow(
      /5 starts in a row did not go well, the last: the container exited with code 1: .*(unshare|clone3)/,
    );
  });
});

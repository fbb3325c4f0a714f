import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cpuThrottlingTable } from "../../research/tables/cpu-throttling.ts";
import { namespacesTable } from "../../research/tables/namespaces.ts";
import type { ContainerRequest } from "../design/ports.ts";
import { eventsProbe } from "../edges/probe/events-probe.ts";
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

/** The engine's default of a limit's period. */
const PERIOD_NS = 100e6;

describe("cpu-throttling", () => {
  it("holds a container to its limit, by the cgroup's own accounting", async () => {
    const rows = await lab.measure(cpuThrottling, cpuThrottlingTable, 1);
    expect(rows.map(({ outcome }) => outcome)).toEqual(rows.map(() => "ok"));
    for (const { cpu_limit, usage_ns, wall_ns, periods, throttled_periods } of rows) {
      const cpus = Number(usage_ns) / Number(wall_ns);
      expect(cpus).toBeGreaterThan(0);
      if (cpu_limit === "none") {
        expect([periods, throttled_periods]).toEqual([null, null]);
        continue;
      }
      const [quota, whole] = [Number(cpu_limit) * PERIOD_NS, Math.floor(Number(wall_ns) / PERIOD_NS)];
      // Of the periods that a window cuts, at its beginning and its end, it may hold both quotas.
      expect(Number(usage_ns)).toBeLessThan(1.05 * quota * (whole + 1));
      // Other work on the machine may keep the container from its quota; in a period in which it was held back it has had it.
      expect(Number(usage_ns)).toBeGreaterThan(0.95 * quota * (Number(throttled_periods) - 1));
      expect(periods).toBeGreaterThanOrEqual(whole - 1);
      expect(periods).toBeLessThanOrEqual(whole + 2);
    }
    const held = rows.filter(({ cpu_limit }) => cpu_limit === "0.25").map(({ throttled_periods }) => Number(throttled_periods));
    expect(Math.max(...held)).toBeGreaterThan(0);
  });
});

describe("namespaces", () => {
  let rows: ReturnType<typeof namespacesTable.parse>;
  beforeAll(async () => {
    rows = await lab.measure(namespaces, namespacesTable, 2);
  });

  it("of the network cost more than of the host's name, and all more than any", () => {
    expect(rows.map(({ reason }) => reason)).toEqual(rows.map(() => null));
    const unshare = (namespace: string) =>
      median(rows.filter((row) => row.namespace === namespace).map(({ unshare_ns }) => unshare_ns));
    expect(unshare("net")).toBeGreaterThan(5 * unshare("uts"));
    expect(unshare("all")).toBeGreaterThan(unshare("uts"));
    for (const { clone_ns } of rows) expect(clone_ns).toBeGreaterThan(0);
  });

  it("cannot be measured without the kernel's trace, and says so", async () => {
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
    const forbidden = await lab.measure(namespaces, namespacesTable, 1, { engine: forbidding });
    expect(forbidden).toHaveLength(10);
    for (const { namespace, outcome, reason, unshare_ns, clone_ns } of forbidden) {
      expect([outcome, unshare_ns, clone_ns]).toEqual(["failed", null, null]);
      expect(reason).toMatch(new RegExp(`^(unshare|clone3) ${namespace}: `));
    }
  });

  it("are measured in one container a block, in an order that the seed draws, and the rows tell which", () => {
    const blocks = [1, 2].map((block) => rows.filter((row) => row.block === block));
    for (const block of blocks) expect(new Set(block.map(({ container_id }) => container_id)).size).toBe(1);
    expect(new Set(rows.map(({ container_id }) => container_id)).size).toBe(2);
    expect(new Set(blocks.map((block) => block.map(({ namespace }) => namespace).join(" "))).size).toBe(2);
    expect(rows.map(({ trial }) => trial)).toEqual(rows.map((_, index) => index + 1));
    const begun = rows.map(({ started_unix_ns }) => started_unix_ns);
    expect(begun).toEqual([...begun].sort((a, b) => Number(a - b)));
    expect(new Set(begun).size).toBe(rows.length);
  });
});

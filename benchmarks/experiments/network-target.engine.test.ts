import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { networkTargetTable } from "../../research/tables/network-target.ts";
import { IdleContainers } from "../idle-containers.ts";
import type { ContainerSettings } from "../ports.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { python } from "../workload.ts";
import { networkTarget } from "./network-target.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["python"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

/** What a Python expression says in a container. */
async function asked(expression: string, settings: ContainerSettings): Promise<{ said: string; gateway: string }> {
  const { engine, images } = lab.laboratory;
  await using container = new IdleContainers(engine);
  const command = python(`mark(${expression}); time.sleep(60)`);
  await container.resize(1, { image: images.python, command, settings }, new AbortController().signal);
  const gateway = settings.network === undefined ? await engine.gatewayOf(container.ids[0] ?? "") : "";
  return { said: (container.announced[0] ?? "").trim(), gateway };
}

/** Packets that the bridge has handed to its host. */
async function throughBridge(): Promise<number> {
  const { said } = await asked("open('/proc/net/dev').read().split('docker0:')[1].split()[1]", { network: "host" });
  return Number(said);
}

describe("network-target", () => {
  it("reaches the host from both networks, and only the one's requests come through the bridge", async () => {
    const { gateway } = await asked("'there'", {});
    const before = await throughBridge();
    const rows = await lab.measure(networkTarget(gateway), networkTargetTable, 2);
    const requests = (await throughBridge()) - before;
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
    expect(rows.map(({ network }) => network).sort()).toEqual(["bridge", "bridge", "bridge", "host", "host", "host"]);
    for (const row of rows) {
      expect([row.target, row.address]).toEqual([gateway, gateway]);
      expect((row.exchanges ?? 0) + (row.lost ?? 0)).toBe(100);
      // The marks and the container's clock are readings of one clock.
      expect(row.sum_ns).toBeLessThanOrEqual((row.series_ns ?? 0) + 1_000);
    }
    // Three trials on the bridge, three not; beside echo requests, a container sends some packets when it joins.
    expect(requests).toBeGreaterThanOrEqual(3 * 100);
    expect(requests).toBeLessThan(6 * 100);
  });

  it("looks a name up, and says which has no address", async () => {
    const rows = await lab.measure(networkTarget("localhost"), networkTargetTable, 1);
    expect(rows.map(({ outcome, target, address }) => [outcome, target, address])).toEqual(
      rows.map(() => ["ok", "localhost", "127.0.0.1"]),
    );
    await expect(lab.measure(networkTarget("nowhere.invalid"), networkTargetTable, 1)).rejects.toThrow(
      /no IPv4 address is known for --target nowhere\.invalid: [^\n]*$/,
    );
  });
});

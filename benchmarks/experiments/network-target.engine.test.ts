import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { networkTargetTable } from "../../research/tables/network-target.ts";
import { asked, throughBridge } from "../testing/bridge-packets.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { networkTarget } from "./network-target.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["python"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

describe("network-target", () => {
  it("reaches the host from both networks, and only the one's requests come through the bridge", async () => {
    const { gateway } = await asked(lab, "'there'", {});
    const before = await throughBridge(lab);
    const rows = await lab.measure(networkTarget(gateway), networkTargetTable, 1, { engine: lab.wired });
    const requests = (await throughBridge(lab)) - before;
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
    expect(rows.map(({ network }) => network).sort()).toEqual(["bridge", "host"]);
    for (const row of rows) {
      expect([row.target, row.address]).toEqual([gateway, gateway]);
      expect((row.exchanges ?? 0) + (row.lost ?? 0)).toBe(100);
      // The marks and the container's clock are readings of one clock.
      expect(row.sum_ns).toBeLessThanOrEqual((row.series_ns ?? 0) + 1_000);
    }
    // One trial on the bridge, one not; beside echo requests, a container sends some packets when it joins.
    expect(requests).toBeGreaterThanOrEqual(100);
    expect(requests).toBeLessThan(2 * 100);
  });

  it("says which name has no address", async () => {
    await expect(lab.measure(networkTarget("nowhere.invalid"), networkTargetTable, 1, { engine: lab.wired })).rejects.toThrow(
      /no IPv4 address is known for --target nowhere\.invalid: [^\n]*$/,
    );
  });
});

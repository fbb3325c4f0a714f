import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { networkTable } from "../../research/tables/network.ts";
import { throughBridge } from "../testing/bridge-packets.ts";
import { median, type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { network } from "./network.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["python"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

describe("network", () => {
  it("times every exchange, within what the kernel says they took together, and only those on the bridge go through it", async () => {
    const before = await throughBridge(lab);
    const rows = await lab.measure(network, networkTable, 1, { engine: lab.wired });
    const packets = (await throughBridge(lab)) - before;
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
    for (const row of rows) {
      expect((row.exchanges ?? 0) + (row.lost ?? 0)).toBe(1_000);
      expect(row.clock).toBe("kernel");
      // The marks and the container's clock are readings of one clock.
      expect(row.sum_ns).toBeLessThanOrEqual((row.series_ns ?? 0) + 1_000);
      const quantiles = [row.min_ns, row.median_ns, row.p90_ns, row.p99_ns, row.max_ns].map(Number);
      expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
    }
    // Between the exchanges little is done; other work on the machine may come between in one trial, not in most.
    expect(median(rows.map(({ sum_ns, series_ns }) => Number(sum_ns) / Number(series_ns)))).toBeGreaterThan(0.5);
    // An echo request or datagram is a packet, an answered TCP echo at least one, a connection at least two. Were the other
    // networks' exchanges among them, there would be three times as many.
    const blocks = new Set(rows.map(({ block }) => block)).size;
    expect(packets).toBeGreaterThanOrEqual(blocks * 5_000);
    expect(packets).toBeLessThan(blocks * 12_000);
  });
});

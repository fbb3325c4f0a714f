/** Experiments that take many containers at once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { densityTable } from "../../research/tables/density.ts";
import { memoryTable } from "../../research/tables/memory.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { densityOf } from "./density.ts";
import { memory } from "./memory.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory();
}, 600_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

const ok = (rows: readonly { outcome: string; reason: string | null }[]): void =>
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));

describe("density", () => {
  it("has its idle containers there during the starts, and none afterwards", async () => {
    const { engine } = lab.laboratory;
    const beside: number[] = [];
    // What runs when a start is asked for, less the start itself.
    const counting = new Proxy(engine, {
      get: (real, name) => {
        const value = real[name as keyof typeof real];
        if (name === "eventsOf") {
          return (id: string) => {
            counts.push(lab.containers().then((all) => beside.push(all.length)));
            return real.eventsOf(id);
          };
        }
        return typeof value === "function" ? (value as () => unknown).bind(real) : value;
      },
    });
    const counts: Promise<unknown>[] = [];
    const rows = await lab.measure(densityOf([0, 10]), densityTable, 1, { engine: counting });
    await Promise.all(counts);
    ok(rows);
    expect(rows).toHaveLength(2 * 5);
    expect(Math.max(...beside)).toBeGreaterThanOrEqual(10);
    expect(await lab.containers()).toEqual([]);
  });
});

describe("memory", () => {
  it("is shared by containers of one image, and not by those of three", async () => {
    const rows = await lab.measure(memory, memoryTable, 1);
    ok(rows);
    const shared = (population: string): number => {
      const row = rows.find((one) => one.population === population);
      return 1 - (row?.pss_bytes ?? Number.NaN) / (row?.rss_bytes ?? Number.NaN);
    };
    expect(shared("3 images")).toBeLessThan(0.05);
    expect(shared("3")).toBeGreaterThan(0.2);
    expect(shared("10")).toBeGreaterThan(shared("3"));
    expect(Object.fromEntries(rows.map(({ population, containers }) => [population, containers]))).toEqual({
      "1": 1,
      "3": 3,
      "10": 10,
      "3 images": 3,
    });
    expect(await lab.containers()).toEqual([]);
  });
});

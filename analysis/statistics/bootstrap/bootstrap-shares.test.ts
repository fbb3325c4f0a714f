import { expect, test } from "vitest";
import { bootstrapRows } from "./bootstrap-rows.ts";
import { bootstrapShares } from "./bootstrap-shares.ts";
import type { Resample } from "./resample.ts";

const first = [10, 30, 20, 25, 15, 40, 35, 22];
const second = [90, 60, 85, 70, 95, 80, 62, 77];
const totals = first.map((part, row) => part + (second[row] as number));
const options = { seed: 1, replicates: 500 };

test("is the bootstrap of rows with the share as its statistic", () => {
  const sumOf = (values: readonly number[], { rows }: Resample): number =>
    Array.from(rows).reduce((sum, row) => sum + (values[row] as number), 0);
  const rows = bootstrapRows(8, (resample) => sumOf(first, resample) / sumOf(totals, resample), options);
  const interval = bootstrapShares(totals, options)?.(first);
  expect(rows?.method).toBe("bca");
  expect(interval?.[0]).toBeCloseTo(rows?.interval[0] as number, 12);
  expect(interval?.[1]).toBeCloseTo(rows?.interval[1] as number, 12);
});

test("shares of the parts of one whole mirror each other, also when asked for one after the other", () => {
  const intervalOf = bootstrapShares(totals, options);
  const [low, high] = intervalOf?.(first) ?? [Number.NaN, Number.NaN];
  const mirrored = intervalOf?.(second);
  expect(mirrored?.[0]).toBeCloseTo(1 - high, 9);
  expect(mirrored?.[1]).toBeCloseTo(1 - low, 9);
  expect(intervalOf?.(first)).toEqual([low, high]);
});

test("one row has none, and too many are refused", () => {
  expect(bootstrapShares([1], options)).toBeNull();
  expect(() => bootstrapShares(new Array(70_000).fill(1), options)).toThrow("at most 65536 rows, got 70000");
});

test("a resample without a total is refused", () => {
  expect(() => bootstrapShares([0, 0, 1], options)?.([0, 0, 1])).toThrow();
});

import { describe, expect, test } from "vitest";
import { autocorrelation } from "../dependence/autocorrelation.ts";
import { blockBootstrap } from "./block-bootstrap.ts";
import { bootstrapRows } from "./bootstrap-rows.ts";
import type { Resample } from "./resample.ts";

const y = [5.1, 5.3, 4.9, 5.8, 6.1, 6.0, 5.5, 5.2, 4.8, 4.7, 5.0, 5.6, 6.3, 6.2, 5.9, 5.4, 5.0, 4.6, 4.9, 5.3];
const valuesOf = ({ rows }: Resample, values = y): number[] => Array.from(rows, (row) => values[row] as number);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const averageOf = (resample: Resample): number => average(valuesOf(resample));

describe("block bootstrap", () => {
  // R 4.2.2, boot 1.3-28.1: sd(tsboot(y, stat, R = 200000, l = l, sim = "fixed")$t)
  test.each([
    ["mean, blocks of 3", 3, averageOf, 0.15859009109046651],
    [
      "correlation with the next, blocks of 4",
      4,
      (r: Resample) => autocorrelation(valuesOf(r), 1) as number,
      0.16309736911616002,
    ],
  ])("standard error of the %s: as R's tsboot has it, up to chance", (_, blockLength, statistic, expected) => {
    const result = blockBootstrap(20, statistic, { seed: 42, blockLength });
    expect((result?.standardError as number) / expected).toBeGreaterThan(0.96);
    expect((result?.standardError as number) / expected).toBeLessThan(1.04);
  });

  test("draws runs of neighbours as long as the block, in a circle, and cuts the last", () => {
    const seen = new Set<number>();
    blockBootstrap(
      10,
      ({ rows }) => {
        if (rows.length < 10) return rows[0] as number;
        for (const begin of [0, 4, 8]) {
          seen.add(rows[begin] as number);
          const block = Array.from(rows).slice(begin, begin + 4);
          expect(block).toEqual(block.map((_, within) => ((block[0] as number) + within) % 10));
        }
        return rows[0] as number;
      },
      { seed: 1, replicates: 300, blockLength: 4 },
    );
    expect(seen.size).toBe(10);
  });

  test("blocks of one are the bootstrap of independent rows", () => {
    const options = { seed: 5, replicates: 500 };
    expect(blockBootstrap(20, averageOf, { ...options, blockLength: 1 })).toEqual(bootstrapRows(20, averageOf, options));
  });

  test("takes ∛n rows a block, and depends on the order: neighbours that are alike widen it", () => {
    const options = { seed: 5, replicates: 2000 };
    const inOrder = blockBootstrap(20, averageOf, options);
    expect(inOrder).toEqual(blockBootstrap(20, averageOf, { ...options, blockLength: 3 }));
    const shuffled = y.map((_, i) => y[(i * 7) % 20] as number);
    const mixed = blockBootstrap(20, (resample) => average(valuesOf(resample, shuffled)), options);
    expect(inOrder?.standardError).toBeGreaterThan(1.3 * (mixed?.standardError as number));
  });

  test("the same seed gives the same interval", () => {
    const options = { seed: 5, replicates: 500 };
    expect(blockBootstrap(20, averageOf, options)).toEqual(blockBootstrap(20, averageOf, options));
  });

  test("fewer than four rows have none, and a block is at most half of the rows", () => {
    expect(blockBootstrap(3, () => 1, { seed: 1 })).toBeNull();
    for (const blockLength of [0, 1.5, 11]) {
      expect(() => blockBootstrap(20, averageOf, { seed: 1, blockLength })).toThrow("not a block length, 1 to half of 20 rows");
    }
  });
});

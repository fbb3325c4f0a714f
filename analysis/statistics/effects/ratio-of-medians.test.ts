import { describe, expect, it } from "vitest";
import type { Pair } from "./paired-differences.ts";
import { ratioOfMedians } from "./ratio-of-medians.ts";

const hour = (index: number): number => 200 + ((index * 37) % 101);
const pairs = (factor: number): Pair[] => Array.from({ length: 60 }, (_, index) => [factor * hour(index), hour(index)]);

describe("ratioOfMedians", () => {
  it("is exact where the pairs have a ratio in common, however much they differ from each other", () => {
    const found = ratioOfMedians(pairs(1.02), { seed: 1, replicates: 500 });
    expect(found?.estimate).toBeCloseTo(1.02, 12);
    expect(found?.interval[0]).toBeCloseTo(1.02, 9);
    expect(found?.interval[1]).toBeCloseTo(1.02, 9);
  });

  it("is the ratio of the medians, not the median of the ratios", () => {
    const found = ratioOfMedians(
      [
        [10, 1],
        [20, 2],
        [90, 100],
      ],
      { seed: 1, replicates: 500 },
    );
    expect(found?.estimate).toBe(10);
    const skewed = ratioOfMedians(
      [
        [1, 10],
        [20, 2],
        [90, 100],
      ],
      { seed: 1, replicates: 500 },
    );
    expect(skewed?.estimate).toBe(2);
  });

  it("widens with noise that the pairs do not share", () => {
    const noisy = pairs(1).map(([a, b], index): Pair => [a + ((index * 53) % 31) - 15, b]);
    const found = ratioOfMedians(noisy, { seed: 1, replicates: 500 });
    expect(found?.interval[0]).toBeLessThan(1);
    expect(found?.interval[1]).toBeGreaterThan(1);
  });

  it("is null for a single pair", () => {
    expect(ratioOfMedians([[2, 1]], { seed: 1 })).toBeNull();
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { anyObservations, anySamples } from "../testing/two-samples.ts";
import { placements } from "./placements.ts";
import { midranks, tieCorrection, tiedPairs, tieGroups } from "./ranks.ts";

describe("midranks", () => {
  test("in the order of the input: scipy.stats.rankdata([30, 10, 20, 10, -0.0, 0.0, 30]), SciPy 1.17.1", () => {
    const values = [30, 10, 20, 10, -0, 0, 30];
    expect(midranks(values)).toEqual([6.5, 3.5, 5, 3.5, 1.5, 1.5, 6.5]);
    expect(values).toEqual([30, 10, 20, 10, -0, 0, 30]);
  });

  test("of a hundred thousand sum to n(n + 1)/2", () => {
    const ranks = midranks(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 1_009));
    expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe(5_000_050_000);
  });

  test("are the placement of each value among all, plus one half", () => {
    fc.assert(
      fc.property(anyObservations, (values) => {
        const all = sortedSamples(values);
        expect(midranks(all)).toEqual(placements(all, all).map((placement) => placement + 0.5));
      }),
    );
  });

  test("refuse NaN and nothing at all", () => {
    expect(() => midranks([1, Number.NaN])).toThrow("observation 2 of 2 is not a finite number");
    expect(() => midranks([])).toThrow("an empty sample has no statistics");
  });
});

describe("ties", () => {
  const samples = sortedSamples([7, 5, 5, 9, 7, 5]);

  test("are counted by group", () => {
    expect(tieGroups(samples)).toEqual([3, 2, 1]);
    expect(tieCorrection(samples)).toBe(24 + 6);
    expect(tiedPairs(samples)).toBe(3 + 1);
  });
});

describe("placements", () => {
  test("count the others below, and half of those that are equal", () => {
    expect(placements(sortedSamples([0, 2, 2.5, 9]), sortedSamples([1, 2, 2, 3]))).toEqual([0, 2, 3, 4]);
  });

  test("of both samples make up all pairs", () => {
    fc.assert(
      fc.property(anySamples, anySamples, (a, b) => {
        const all = [...placements(a, b), ...placements(b, a)];
        expect(all.reduce((sum, placement) => sum + placement, 0)).toBe(a.length * b.length);
      }),
    );
  });
});

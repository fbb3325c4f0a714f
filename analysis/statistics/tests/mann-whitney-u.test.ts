import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import {
  anyObservations,
  anySamples,
  CONSTANT,
  DISTINCT,
  HUGE,
  LARGE,
  relativeError,
  SEPARATED,
  TIED,
} from "../testing/two-samples.ts";
import { mannWhitneyArrangements } from "./mann-whitney-distribution.ts";
import { mannWhitneyU } from "./mann-whitney-u.ts";

const steps = (count: number, from: number, step: number) =>
  sortedSamples(Array.from({ length: count }, (_, index) => from + (index + 1) * step));

/** R: 10 * (i %% modulus) + add for i in 1 … 30, twice. */
const tens = (count: number, modulus: number, add: number) =>
  sortedSamples(Array.from({ length: count }, (_, index) => 10 * (((index % 30) + 1) % modulus) + add));

describe("Mann-Whitney U agrees with SciPy 1.17.1 and R 4.2.2", () => {
  // scipy.stats.mannwhitneyu(a, b, method="exact"); wilcox.test(a, b, exact = TRUE)
  test.each([
    ["unequal n without ties", DISTINCT.a, DISTINCT.b, 96, 0.0018031504099615555],
    ["separated", SEPARATED.a, SEPARATED.b, 24, 0.009523809523809525],
    ["n = m = 20, the largest exact one", steps(20, 0.5, 1), steps(20, 0.25, 1.1), 185, 0.69802755120257665],
    ["one a side", sortedSamples([1]), sortedSamples([2]), 0, 1],
  ])("exact: %s", (_, a, b, u, p) => {
    const result = mannWhitneyU(a, b);
    expect(result).toMatchObject({ u, method: "exact" });
    expect(relativeError(result.p, p)).toBeLessThan(1e-9);
  });

  // coin::wilcox_test(v ~ g, distribution = "exact"), R 4.2.2, coin 1.4-2
  test.each([
    ["unequal n", TIED.a, TIED.b, 52.5, 0.083556149732620322],
    ["6 against 7", sortedSamples([1, 2, 2, 3, 5, 5]), sortedSamples([2, 3, 3, 5, 6, 6, 7]), 10, 0.13286713286713286],
    ["4 against 4", sortedSamples([10, 10, 10, 20]), sortedSamples([20, 20, 30, 30]), 1, 0.085714285714285715],
  ])("exact, given the ties: %s", (_, a, b, u, p) => {
    const result = mannWhitneyU(a, b);
    expect(result).toMatchObject({ u, method: "exact" });
    expect(relativeError(result.p, p)).toBeLessThan(1e-9);
  });

  // scipy.stats.mannwhitneyu(a, b, method="asymptotic"); wilcox.test(a, b, exact = FALSE)
  test.each([
    ["n = 60, m = 61, with ties", { a: tens(60, 7, 0), b: sortedSamples([...tens(60, 5, 5), 30]) }, 2020, 0.32409025747687092],
    ["n = 60, m = 45", LARGE, 1376.5, 0.8663027075965861],
    ["n = m = 20 000", HUGE, 245790358, 0],
  ])("normal: %s", (_, { a, b }, u, p) => {
    const result = mannWhitneyU(a, b);
    expect(result).toMatchObject({ u, method: "normal" });
    expect(result.p).toBeCloseTo(p, 12);
  });

  test("the exact distribution: dwilcox(0:12, 3, 4) * choose(7, 3)", () => {
    expect(mannWhitneyArrangements(3, 4)).toEqual([1, 1, 2, 3, 4, 4, 5, 4, 4, 3, 2, 1, 1]);
    expect(Array.from(mannWhitneyArrangements(20, 20)).reduce((sum, count) => sum + count, 0)).toBe(137846528820);
  });

  test("samples that are one and the same value say nothing: p = 1", () => {
    expect(mannWhitneyU(CONSTANT.a, CONSTANT.b)).toEqual({ u: 6, p: 1, method: "exact" });
  });
});

describe("Mann-Whitney U", () => {
  test("counts for b what it does not count for a, with the same p", () => {
    fc.assert(
      fc.property(anySamples, anySamples, (a, b) => {
        const [ab, ba] = [mannWhitneyU(a, b), mannWhitneyU(b, a)];
        expect(ab.u + ba.u).toBe(a.length * b.length);
        expect(relativeError(ab.p, ba.p)).toBeLessThan(1e-12);
        expect(ab.p > 0 && ab.p <= 1).toBe(true);
      }),
    );
  });

  test("keeps when both samples are moved, scaled, or given in another order", () => {
    fc.assert(
      fc.property(anyObservations, anyObservations, fc.integer({ min: -9, max: 9 }), (x, y, move) => {
        const change = (values: number[]) => sortedSamples(values.map((value) => 4 * value + move).reverse());
        expect(mannWhitneyU(change(x), change(y))).toEqual(mannWhitneyU(sortedSamples(x), sortedSamples(y)));
      }),
    );
  });
});

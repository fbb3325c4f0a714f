import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { anyObservations, CONSTANT, DISTINCT, LARGE, relativeError, TIED } from "../testing/two-samples.ts";
import { chiSquareTail } from "./chi-square-tail.ts";
import { kruskalWallis } from "./kruskal-wallis.ts";

const moved = (by: number) => sortedSamples(LARGE.a.map((value) => value + by));

describe("Kruskal-Wallis", () => {
  // scipy.stats.kruskal(*groups), SciPy 1.17.1; kruskal.test(list(...)), R 4.2.2
  test.each([
    ["no ties", [DISTINCT.a, DISTINCT.b, sortedSamples([275.2, 290.9, 282.2, 299.0])], 10.10666666666667, 0.006388004569312715],
    ["ties", [TIED.a, TIED.b, sortedSamples([290, 300, 310, 320, 310])], 9.138523131672592, 0.010365611213650804],
    ["two groups", [LARGE.a, LARGE.b], 0.029444597070380375, 0.8637565043273052],
    ["separated", [LARGE.a, moved(200), moved(400)], 159.1160220994475, 2.807985170722381e-35],
  ])("agrees with SciPy and R: %s", (_, groups, h, p) => {
    const result = kruskalWallis(groups);
    expect(result.df).toBe(groups.length - 1);
    expect(relativeError(result.h, h)).toBeLessThan(1e-9);
    expect(relativeError(result.p, p)).toBeLessThan(1e-9);
  });

  test("samples that are one and the same value say nothing: p = 1", () => {
    expect(kruskalWallis([CONSTANT.a, CONSTANT.b, CONSTANT.a])).toEqual({ h: 0, df: 2, p: 1 });
  });

  test("one group has nothing to differ from", () => {
    expect(() => kruskalWallis([DISTINCT.a])).toThrow("two groups or more, got 1");
  });

  test("does not depend on the order of groups or observations, nor on moving or scaling them all", () => {
    fc.assert(
      fc.property(fc.array(anyObservations, { minLength: 2, maxLength: 5 }), fc.integer({ min: -9, max: 9 }), (groups, move) => {
        const { h, df, p } = kruskalWallis(groups.map(sortedSamples));
        expect(p >= 0 && p <= 1 && h >= 0).toBe(true);
        const change = (values: number[]) => sortedSamples(values.map((value) => 4 * value + move).reverse());
        const changed = kruskalWallis(groups.map(change).reverse());
        expect(changed.df).toBe(df);
        expect(changed.h).toBeCloseTo(h, 9);
        expect(changed.p).toBeCloseTo(p, 9);
      }),
    );
  });
});

describe("the upper tail of chi-square", () => {
  test.each([
    // pchisq(x, df, lower.tail = FALSE), R 4.2.2
    [0.1, 1, 0.75182963404584935],
    [3, 2, 0.22313016014842982],
    [20, 3, 0.00016974243555282649],
    [300, 5, 1.0015302305957845e-62],
    [1000, 30, 5.131435321572533e-191],
  ])("beyond %d with %d degrees of freedom keeps its digits", (x, df, p) => {
    expect(relativeError(chiSquareTail(x, df), p)).toBeLessThan(1e-9);
  });
});

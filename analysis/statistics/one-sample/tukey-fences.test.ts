import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tukeyFences } from "./tukey-fences.ts";

describe("Tukey's fences", () => {
  // numpy.quantile([10, …, 18, 100, -40, 24, 3], [.25, .75]) = [11, 17]: fences at 2, 26 and -7, 35
  const observations = [10, 11, 12, 13, 14, 15, 16, 17, 18, 100, 27, -40, 1];
  const { inner, outer, outliers, counts } = tukeyFences(observations);

  test("stand 1.5 and 3 interquartile ranges beyond the quartiles", () => {
    expect({ inner, outer }).toEqual({ inner: [2, 26], outer: [-7, 35] });
  });

  test("label what lies beyond, with its place in order of collection", () => {
    expect(outliers).toEqual([
      { index: 9, value: 100, label: "high-severe" },
      { index: 10, value: 27, label: "high-mild" },
      { index: 11, value: -40, label: "low-severe" },
      { index: 12, value: 1, label: "low-mild" },
    ]);
    expect(counts).toEqual({ "low-severe": 1, "low-mild": 1, "high-mild": 1, "high-severe": 1 });
  });

  test("a value on a fence is inside", () => {
    // quartiles 1 and 3: fences at -2, 6
    expect(tukeyFences([1, 1, 2, 3, 3]).inner).toEqual([-2, 6]);
    expect(tukeyFences([0, 2, 4, 6, 8, 10, 12, 14, 23, 2, 12]).outliers).toEqual([]);
  });

  test("of equal observations are one point, and nothing lies beyond it", () => {
    expect(tukeyFences([5, 5, 5])).toMatchObject({ inner: [5, 5], outer: [5, 5], outliers: [] });
  });

  test("label the same values in any order, shifted and scaled; the observations stay as they were", () => {
    const sample = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sample, fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0.5, 2, 8), (x, shift, scale) => {
        const before = [...x];
        const plain = tukeyFences(x);
        const moved = tukeyFences(x.map((value) => scale * value + shift).reverse());
        expect(x).toEqual(before);
        expect(moved.counts).toEqual(plain.counts);
        expect(moved.outliers.map(({ index, label }) => [x.length - 1 - index, label]).reverse()).toEqual(
          plain.outliers.map(({ index, label }) => [index, label]),
        );
      }),
      { seed: 1 },
    );
  });

  test("refuse NaN", () => {
    expect(() => tukeyFences([1, Number.NaN])).toThrow("observation 2 of 2 is not a finite number");
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import {
  anyObservations,
  anySamples,
  CONSTANT,
  DISTINCT,
  LARGE,
  relativeError,
  SEPARATED,
  TIED,
} from "../testing/two-samples.ts";
import { brunnerMunzel } from "./brunner-munzel.ts";

describe("Brunner-Munzel", () => {
  // scipy.stats.brunnermunzel(b, a), SciPy 1.17.1; df as in its source, which does not return it
  test.each([
    ["unequal n without ties", DISTINCT, 5.043761297246215, 11.696212193934372, 0.0003110749436486727],
    ["ties", TIED, 1.9811320754716983, 9.411594388057692, 0.07752184526776426],
    ["n = 60, m = 45", LARGE, 0.16207737839445288, 66.63721406891601, 0.8717353727130049],
  ])("agrees with SciPy: %s", (_, { a, b }, statistic, df, p) => {
    const result = brunnerMunzel(a, b);
    expect(relativeError(result?.statistic ?? 0, statistic)).toBeLessThan(1e-9);
    expect(relativeError(result?.df ?? 0, df)).toBeLessThan(1e-9);
    expect(relativeError(result?.p ?? 0, p)).toBeLessThan(1e-9);
  });

  test("samples that do not overlap have no standard error, and the p of all permutations: 2 of C(10, 6)", () => {
    expect(brunnerMunzel(SEPARATED.a, SEPARATED.b)).toEqual({ statistic: null, df: null, p: 2 / 210 });
    const far = brunnerMunzel(sortedSamples(Array(2000).fill(1)), sortedSamples(Array(2000).fill(2)));
    expect(far).toEqual({ statistic: null, df: null, p: 0 });
  });

  test("samples that are one and the same value say nothing: p = 1", () => {
    expect(brunnerMunzel(CONSTANT.a, CONSTANT.b)).toEqual({ statistic: null, df: null, p: 1 });
  });

  test("a single observation has no spread", () => {
    expect(brunnerMunzel(sortedSamples([1]), DISTINCT.b)).toBeNull();
    expect(brunnerMunzel(DISTINCT.a, sortedSamples([1]))).toBeNull();
  });

  test("turns its sign with the samples, and is never NaN", () => {
    fc.assert(
      fc.property(anySamples, anySamples, (a, b) => {
        const [ab, ba] = [brunnerMunzel(a, b), brunnerMunzel(b, a)];
        expect(ab === null).toBe(a.length < 2 || b.length < 2);
        if (ab === null || ba === null) return;
        expect(ab.p >= 0 && ab.p <= 1).toBe(true);
        expect(ab.p).toBeCloseTo(ba.p, 12);
        if (ab.statistic === null || ba.statistic === null) {
          expect([ab.statistic, ab.df, ba.statistic]).toEqual([null, null, null]);
          return;
        }
        expect(ab.statistic).toBeCloseTo(-ba.statistic, 9);
        expect(Number.isFinite(ab.df)).toBe(true);
      }),
    );
  });

  test("keeps when both samples are moved, scaled, or given in another order", () => {
    fc.assert(
      fc.property(anyObservations, anyObservations, fc.integer({ min: -9, max: 9 }), (x, y, move) => {
        const change = (values: number[]) => sortedSamples(values.map((value) => 4 * value + move).reverse());
        expect(brunnerMunzel(change(x), change(y))).toEqual(brunnerMunzel(sortedSamples(x), sortedSamples(y)));
      }),
    );
  });
});

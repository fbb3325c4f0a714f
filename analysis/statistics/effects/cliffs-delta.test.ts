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
import { mannWhitneyU } from "../tests/mann-whitney-u.ts";
import { cliffsDelta } from "./cliffs-delta.ts";

describe("Cliff's delta", () => {
  // D = numpy.sign(numpy.subtract.outer(a, b)); d = D.mean()
  // r = ((D.mean(1)-d)**2).sum()/(n-1)/n; c = ((D.mean(0)-d)**2).sum()/(m-1)/m
  // t = scipy.stats.t.ppf(.975, (r+c)**2/(r**2/(n-1) + c**2/(m-1)))
  // v = ((m-1)*((D.mean(1)-d)**2).sum()/(n-1) + (n-1)*((D.mean(0)-d)**2).sum()/(m-1) + ((D-d)**2).sum()/((n-1)*(m-1)))/(n*m)
  // (d - d**3 ± t*v**.5*((1-d*d)**2 + t*t*v)**.5) / (1 - d*d + t*t*v); NumPy 1.24.2, SciPy 1.10.1
  test.each([
    ["unequal n without ties", DISTINCT, 7 / 9, 0.23062108621334149, 0.95123440321248776],
    ["ties", TIED, 0.5, -0.16109186767292918, 0.85137251664015723],
    ["n = 60, m = 45", LARGE, 0.01962962962962963, -0.21739192939621704, 0.2544651336560616],
  ])("and its interval follow from the matrix of dominances: %s", (_, { a, b }, delta, lo, hi) => {
    const result = cliffsDelta(a, b);
    expect(relativeError(result.delta, delta)).toBeLessThan(1e-12);
    expect(relativeError(result.interval?.[0] ?? 0, lo)).toBeLessThan(1e-9);
    expect(relativeError(result.interval?.[1] ?? 0, hi)).toBeLessThan(1e-9);
  });

  test("samples that do not overlap: (n − z²)/(n + z²) with the smaller n, and 1", () => {
    // 2 * scipy.stats.binomtest(4, 4).proportion_ci(.95, method="wilson").low - 1, SciPy 1.17.1
    const { delta, interval } = cliffsDelta(SEPARATED.a, SEPARATED.b);
    expect(delta).toBe(1);
    expect(interval?.[0]).toBeCloseTo(0.0202183270908054, 12);
    expect(interval?.[1]).toBe(1);
  });

  test("samples that are one and the same value: 0, as widely as the smaller n allows", () => {
    // 3.841458820694124 = scipy.stats.chi2.ppf(.95, 1); Wilson's interval of ½ in 3 trials, on the scale of δ
    const { delta, interval } = cliffsDelta(CONSTANT.a, CONSTANT.b);
    const half = Math.sqrt(3.841458820694124 / (3 + 3.841458820694124));
    expect(delta).toBe(0);
    expect(interval?.[0]).toBeCloseTo(-half, 12);
    expect(interval?.[1]).toBeCloseTo(half, 12);
  });

  test("a single observation a side has no interval", () => {
    expect(cliffsDelta(sortedSamples([3]), sortedSamples([1, 2]))).toEqual({ delta: 1, interval: null });
  });

  test("is 2U/(nm) − 1, turns with the samples, and lies in its interval within [−1, 1]", () => {
    fc.assert(
      fc.property(anySamples, anySamples, (a, b) => {
        const [ab, ba] = [cliffsDelta(a, b), cliffsDelta(b, a)];
        expect(ab.delta).toBeCloseTo((2 * mannWhitneyU(a, b).u) / (a.length * b.length) - 1, 12);
        expect(ab.delta).toBe(0 - ba.delta);
        if (ab.interval === null || ba.interval === null) return;
        const [lo, hi] = ab.interval;
        expect(lo < hi && lo <= ab.delta && ab.delta <= hi).toBe(true);
        expect(lo >= -1 - 1e-12 && hi <= 1 + 1e-12).toBe(true);
        expect(lo).toBeCloseTo(-ba.interval[1], 9);
        expect(hi).toBeCloseTo(-ba.interval[0], 9);
      }),
    );
  });

  test("keeps when both samples are moved, scaled, or given in another order", () => {
    fc.assert(
      fc.property(anyObservations, anyObservations, fc.integer({ min: -9, max: 9 }), (x, y, move) => {
        const change = (values: number[]) => sortedSamples(values.map((value) => 4 * value + move).reverse());
        expect(cliffsDelta(change(x), change(y))).toEqual(cliffsDelta(sortedSamples(x), sortedSamples(y)));
      }),
    );
  });
});

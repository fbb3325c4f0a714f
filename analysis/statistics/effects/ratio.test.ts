import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { anyObservations, anySamples, DISTINCT, LARGE, relativeError, SEPARATED } from "../testing/two-samples.ts";
import { ratio } from "./ratio.ts";
import { ratioEquivalence } from "./ratio-equivalence.ts";

describe("ratio", () => {
  test.each([
    // k <- floor(n*m/2 - qnorm((1+conf)/2) * sqrt(n*m*(n+m+1)/12)); d <- sort(outer(log(a), log(b), "-"))
    // exp(c(median(d), d[k], d[n*m + 1 - k])), R 4.2.2
    ["unequal n without ties", DISTINCT, 0.95, 1.0371800521836694, 1.015774027879677, 1.062155204119161],
    ["the same, 90 %", DISTINCT, 0.9, 1.0371800521836694, 1.018389113644722, 1.056702966579046],
    ["separated", SEPARATED, 0.95, 5, 2.75, 14],
    // numpy.exp(numpy.sort(numpy.subtract.outer(numpy.log(a), numpy.log(b)).ravel())[[1046, 2700 - 1047]]), NumPy 2.4.6
    ["n = 60, m = 45", LARGE, 0.95, 1.002933493951051, 0.95808547008547, 1.0484494382022476],
  ])("agrees with R and NumPy: %s", (_, { a, b }, confidence, expected, lo, hi) => {
    const result = ratio(a, b, confidence);
    expect(relativeError(result.ratio, expected)).toBeLessThan(1e-12);
    expect(relativeError(result.interval?.[0] ?? 0, lo)).toBeLessThan(1e-12);
    expect(relativeError(result.interval?.[1] ?? 0, hi)).toBeLessThan(1e-12);
  });

  test.each([0, -1.5])("%d has no logarithm", (bad) => {
    expect(() => ratio(DISTINCT.a, sortedSamples([3, bad, 2]))).toThrow(`a ratio needs values above zero, got ${bad}`);
  });

  test("too few observations have a ratio and no interval", () => {
    expect(ratio(sortedSamples([2]), sortedSamples([2]))).toEqual({ ratio: 1, interval: null });
  });

  test("grows with a, falls with b, and does not ask for the order of observations", () => {
    fc.assert(
      fc.property(anyObservations, anyObservations, (x, y) => {
        const still = ratio(sortedSamples(x), sortedSamples(y));
        const scaled = ratio(sortedSamples(x.map((value) => 3 * value).reverse()), sortedSamples(y));
        const turned = ratio(sortedSamples(y), sortedSamples(x));
        expect(relativeError(scaled.ratio, 3 * still.ratio)).toBeLessThan(1e-12);
        expect(relativeError(turned.ratio, 1 / still.ratio)).toBeLessThan(1e-12);
        if (still.interval === null) return;
        expect(relativeError(scaled.interval?.[0] ?? 0, 3 * still.interval[0])).toBeLessThan(1e-12);
        expect(relativeError(turned.interval?.[0] ?? 0, 1 / still.interval[1])).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("equivalence", () => {
  test("needs the whole 90 % interval inside the band", () => {
    const wide = ratioEquivalence(LARGE.a, LARGE.b, [1 / 1.05, 1.05]);
    expect(wide.equivalent).toBe(true);
    expect(wide.interval?.[0]).toBeCloseTo(0.9652413793103453, 12);
    expect(wide.interval?.[1]).toBeCloseTo(1.0406274509803928, 12);
    expect(ratioEquivalence(LARGE.a, LARGE.b, [0.97, 1.05]).equivalent).toBe(false);
    expect(ratioEquivalence(LARGE.a, LARGE.b, [0.95, 1.04]).equivalent).toBe(false);
  });

  test("is not claimed for samples that are too small to tell, nor at the end of the band", () => {
    const two = sortedSamples([5, 5]);
    expect(ratioEquivalence(two, two, [0.5, 2])).toEqual({ equivalent: false, interval: null });
    const doubled = sortedSamples(Array(9).fill(2));
    expect(ratioEquivalence(doubled, sortedSamples(Array(9).fill(1)), [0.5, 2])).toEqual({ equivalent: false, interval: [2, 2] });
  });

  test("of a and b is that of b and a in the inverse band", () => {
    fc.assert(
      fc.property(anySamples, anySamples, (a, b) => {
        expect(ratioEquivalence(a, b, [0.9, 1.2]).equivalent).toBe(ratioEquivalence(b, a, [1 / 1.2, 1 / 0.9]).equivalent);
      }),
    );
  });

  test.each([
    [1.01, 1.05],
    [0.9, 1],
    [0, 2],
    [Number.NaN, 2],
  ])("%d to %d is no band", (lo, hi) => {
    expect(() => ratioEquivalence(DISTINCT.a, DISTINCT.b, [lo, hi])).toThrow(
      "a band of equivalence runs from below 1 to above 1",
    );
  });
});

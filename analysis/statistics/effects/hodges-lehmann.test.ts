import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { anyObservations, anySamples, CONSTANT, DISTINCT, HUGE, LARGE, SEPARATED, TIED } from "../testing/two-samples.ts";
import { hodgesLehmann } from "./hodges-lehmann.ts";

describe("Hodges-Lehmann shift", () => {
  test.each([
    // k <- floor(n*m/2 - qnorm((1 + conf)/2) * sqrt(n*m*(n + m + 1)/12)); d <- sort(outer(a, b, "-"))
    // c(median(d), d[k], d[n*m + 1 - k]), R 4.2.2
    ["unequal n without ties", DISTINCT, 0.95, 10.15, 4.3, 17],
    ["unequal n without ties, 90 %", DISTINCT, 0.9, 10.15, 5, 15.4],
    ["separated", SEPARATED, 0.95, 10, 7, 13],
    ["ties", TIED, 0.95, 10, 0, 20],
  ])("as R computes it: %s", (_, { a, b }, confidence, shift, lo, hi) => {
    const result = hodgesLehmann(a, b, confidence);
    expect(result.shift).toBeCloseTo(shift, 10);
    expect(result.interval?.[0]).toBeCloseTo(lo, 10);
    expect(result.interval?.[1]).toBeCloseTo(hi, 10);
  });

  test("n = 60 and m = 45: sort(outer(a, b, '-'))[c(1047, 2700 + 1 - 1047)], R 4.2.2", () => {
    const result = hodgesLehmann(LARGE.a, LARGE.b);
    expect(result.shift).toBeCloseTo(0.875, 10);
    expect(result.interval?.[0]).toBeCloseTo(-14.475, 10);
    expect(result.interval?.[1]).toBeCloseTo(15.475, 10);
  });

  test("n = m = 20 000: numpy.partition of numpy.subtract.outer(a, b), 3 GB there and two rows here", () => {
    const { shift, interval } = hodgesLehmann(HUGE.a, HUGE.b);
    expect([shift, ...(interval ?? [])]).toEqual([327.2857142857142, 311.1111111111111, 343.46031746031736]);
  });

  test("three a side have no interval", () => {
    const [a, b] = [sortedSamples([4, 5, 7]), sortedSamples([1, 2, 3])];
    expect(hodgesLehmann(a, b)).toEqual({ shift: 3, interval: null });
  });

  test("samples that are one and the same value do not differ", () => {
    expect(hodgesLehmann(CONSTANT.a, CONSTANT.b, 0.9)).toEqual({ shift: 0, interval: [0, 0] });
  });

  test("moves with a sample, ties or not", () => {
    fc.assert(
      fc.property(anySamples, anySamples, fc.integer({ min: -50, max: 50 }), (a, b, move) => {
        const still = hodgesLehmann(a, b);
        const moved = hodgesLehmann(sortedSamples(a.map((value) => value + move)), b);
        expect(moved.shift).toBe(still.shift + move);
        expect(moved.interval).toEqual(still.interval && [still.interval[0] + move, still.interval[1] + move]);
      }),
    );
  });

  test("grows with the scale, turns with the samples, and does not ask for the order of observations", () => {
    fc.assert(
      fc.property(anyObservations, anyObservations, (x, y) => {
        const { shift, interval } = hodgesLehmann(sortedSamples(x), sortedSamples(y));
        const change = (values: number[]) => sortedSamples(values.map((value) => 4 * value).reverse());
        const turned = hodgesLehmann(change(y), change(x));
        expect(turned.shift).toBe(0 - 4 * shift);
        expect(turned.interval).toEqual(interval && [0 - 4 * interval[1], 0 - 4 * interval[0]]);
      }),
    );
  });
});

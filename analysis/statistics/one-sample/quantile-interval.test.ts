import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { quantileInterval } from "./quantile-interval.ts";

/** 1, 2, … n: the interval then shows which order statistics it took. */
const ranks = (n: number) => sortedSamples(Array.from({ length: n }, (_, index) => index + 1));

describe("quantile interval", () => {
  // SciPy 1.17.1: scipy.stats.quantile_test(numpy.arange(1, n + 1), q=n/2, p=p).confidence_interval(.95) = (lo, hi);
  // coverage: scipy.stats.binom.cdf(hi - 1, n, p) - scipy.stats.binom.cdf(lo - 1, n, p)
  test.each([
    [12, 0.5, 3, 10, 0.96142578125],
    [50, 0.75, 31, 44, 0.9666915191609466],
    [36, 0.9, 29, 36, 0.9539621052026521],
    [50, 0.9, 41, 50, 0.9703082890880885],
    [100, 0.95, 90, 100, 0.9826070607121812],
    [368, 0.99, 360, 368, 0.9624158204108587],
    [1000, 0.99, 983, 997, 0.976094763497977],
    [1000, 0.01, 4, 18, 0.9760947634979773],
  ])("of %d at p = %d lies between observations %d and %d, as SciPy has it", (n, p, lo, hi, coverage) => {
    const result = quantileInterval(ranks(n), p);
    expect(result?.interval).toEqual([lo, hi]);
    expect(result?.coverage).toBeCloseTo(coverage, 10);
  });

  test("at 90 %: scipy.stats.quantile_test(numpy.arange(1, 51), q=1, p=.9).confidence_interval(.9)", () => {
    expect(quantileInterval(ranks(50), 0.9, 0.9)?.interval).toEqual([41, 49]);
  });

  // SciPy gives nan for one end of each
  test.each([
    [5, 0.5],
    [12, 0.25],
    [20, 0.9],
    [29, 0.9],
    [367, 0.99],
    [1, 0.5],
  ])("of %d at p = %d has an infinite end, and so is none", (n, p) => {
    expect(quantileInterval(ranks(n), p)).toBeNull();
  });

  test.each([
    [6, 1, 6, 0.96875],
    [7, 1, 7, 0.984375],
    [8, 1, 8, 0.9921875],
    [9, 2, 8, 0.9609375],
    [12, 3, 10, 0.96142578125],
    [20, 6, 15, 0.9586105346679688],
    [50, 18, 33, 0.9671608624357315],
    [100, 40, 61, 0.9647997997822951],
    [1000, 469, 532, 0.9537088026395019],
  ])("the median's of %d lies between observations %d and %d, as SciPy has it", (n, lo, hi, coverage) => {
    const result = quantileInterval(ranks(n), 0.5);
    expect(result?.interval).toEqual([lo, hi]);
    expect(result?.coverage).toBeCloseTo(coverage, 10);
  });

  test.each([1, 2, 3, 4, 5])("the median has none for n = %d: not even minimum and maximum reach 95 %%", (n) => {
    expect(quantileInterval(ranks(n), 0.5)).toBeNull();
  });

  test("a million observations take no time", () => {
    expect(quantileInterval(ranks(1_000_000), 0.5)?.coverage).toBeCloseTo(0.95, 3);
  });

  test("covers at least what was asked for", () => {
    const size = fc.integer({ min: 1, max: 400 });
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(size, share, (n, p) => {
        const result = quantileInterval(ranks(n), p);
        if (result !== null) expect(result.coverage).toBeGreaterThanOrEqual(0.95);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test.each([0, 1, -1, Number.NaN])("%d is no p and no confidence", (bad) => {
    expect(() => quantileInterval(ranks(9), bad)).toThrow(RangeError);
    expect(() => quantileInterval(ranks(9), 0.5, bad)).toThrow(RangeError);
  });
});

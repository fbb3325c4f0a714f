import { describe, expect, test } from "vitest";
import { medianInterval } from "./median-interval.ts";
import { sortedSamples } from "./sorted-samples.ts";

/** 1, 2, … n: the interval then shows which order statistics it took. */
const ranks = (n: number) => sortedSamples(Array.from({ length: n }, (_, index) => index + 1));

describe("median interval", () => {
  // scipy.stats.quantile_test(numpy.arange(1, n + 1), q=n/2, p=.5).confidence_interval(.95);
  // coverage: 1 - 2 * scipy.stats.binom.cdf(k - 1, n, .5)
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
  ])("of %d lies between observations %d and %d, as SciPy has it", (n, lo, hi, coverage) => {
    const result = medianInterval(ranks(n));
    expect(result?.interval).toEqual([lo, hi]);
    expect(result?.coverage).toBeCloseTo(coverage, 10);
  });

  test.each([1, 2, 3, 4, 5])("there is none for n = %d: not even minimum and maximum reach 95 %%", (n) => {
    expect(medianInterval(ranks(n))).toBeNull();
  });

  test("a million observations take no time", () => {
    expect(medianInterval(ranks(1_000_000))?.coverage).toBeCloseTo(0.95, 3);
  });
});

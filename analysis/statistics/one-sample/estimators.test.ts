import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { mean } from "./mean.ts";
import { meanInterval } from "./mean-interval.ts";
import { median } from "./median.ts";
import { quantile } from "./quantile.ts";
import { standardDeviation } from "./standard-deviation.ts";

// x = [281.4,276.9,290.2,284.0,279.7,301.3,277.5,283.3,288.8,280.6,295.1,278.2]; SciPy 1.17.1, NumPy 2
const x = sortedSamples([281.4, 276.9, 290.2, 284.0, 279.7, 301.3, 277.5, 283.3, 288.8, 280.6, 295.1, 278.2]);

describe("estimators agree with NumPy and SciPy", () => {
  test("mean: numpy.mean(x)", () => {
    expect(mean(x)).toBeCloseTo(284.75, 12);
  });

  test("standard deviation: numpy.std(x, ddof=1)", () => {
    expect(standardDeviation(x)).toBeCloseTo(7.6326451985712565, 12);
  });

  test.each([
    [0, 276.9],
    [0.1, 277.57],
    [0.25, 279.325],
    [0.5, 282.35],
    [0.75, 289.15],
    [0.9, 294.61],
    [1, 301.3],
  ])("quantile: numpy.quantile(x, %d)", (p, expected) => {
    expect(quantile(x, p)).toBeCloseTo(expected, 10);
  });

  test("mean interval: scipy.stats.t.interval(.95, 11, numpy.mean(x), scipy.stats.sem(x))", () => {
    const [lo, hi] = meanInterval(x) ?? [];
    expect(lo).toBeCloseTo(279.9004486066781, 9);
    expect(hi).toBeCloseTo(289.5995513933219, 9);
  });

  test("mean interval of n = 2 uses t(0.975; 1) = 12.706204736174694: scipy.stats.t.ppf(.975, 1)", () => {
    // s/√n = √2/√2 = 1 for the sample {1, 3}
    const [lo, hi] = meanInterval(sortedSamples([1, 3])) ?? [];
    expect(lo).toBeCloseTo(2 - 12.706204736174694, 9);
    expect(hi).toBeCloseTo(2 + 12.706204736174694, 9);
  });
});

describe("small samples", () => {
  test("the median of an even number is the mean of the middle two, not the upper one", () => {
    expect(median(sortedSamples([4, 1, 3, 2]))).toBe(2.5);
    expect(median(sortedSamples([3, 1, 2]))).toBe(2);
  });

  test("a single observation has a mean and a median, but no spread and no interval", () => {
    const one = sortedSamples([7]);
    expect([mean(one), median(one), quantile(one, 0.25)]).toEqual([7, 7, 7]);
    expect(standardDeviation(one)).toBeNull();
    expect(meanInterval(one)).toBeNull();
  });

  test.each([-0.1, 1.1, Number.NaN])("%d is no probability", (p) => {
    expect(() => quantile(x, p)).toThrow(RangeError);
  });
});

import { describe, expect, test } from "vitest";
import { bootstrapTwoSamples } from "../bootstrap/bootstrap-two-samples.ts";
import { resampledMedian } from "../bootstrap/resampled-median.ts";
import { ratioOfStatistics, resampledMean, resampledStandardDeviation, resampledVariance } from "./ratio-of-statistics.ts";

const A = [12, 15, 11, 19, 14, 16, 13, 18, 17, 10];
const B = [4, 6, 5, 8, 7, 9, 3, 5];
const OPTIONS = { seed: 1, replicates: 2_000 };

describe("the ratio is that of the samples' own statistics", () => {
  test.each([
    ["means", resampledMean, 2.4680851063829787],
    ["medians", resampledMedian, 2.6363636363636362],
    ["variances", resampledVariance, 9.166666666666666 / 4.125], // NumPy: var(a, ddof=1) / var(b, ddof=1)
    ["standard deviations", resampledStandardDeviation, Math.sqrt(9.166666666666666 / 4.125)],
  ])("%s", (_, statistic, expected) => {
    const { ratio, interval } = ratioOfStatistics(A, B, statistic, OPTIONS);
    expect(ratio).toBeCloseTo(expected, 12);
    expect(interval?.[0]).toBeLessThan(expected);
    expect(interval?.[1]).toBeGreaterThan(expected);
  });
});

test("the interval is that of the bootstrap of both samples", () => {
  const direct = bootstrapTwoSamples([A.length, B.length], (a, b) => resampledMean(A)(a) / resampledMean(B)(b), OPTIONS);
  expect(ratioOfStatistics(A, B, resampledMean, OPTIONS).interval).toEqual(direct?.interval);
});

test("a factor on one side is a factor on the ratio and both ends", () => {
  const plain = ratioOfStatistics(A, B, resampledStandardDeviation, OPTIONS);
  const scaled = ratioOfStatistics(
    A.map((value) => 1024 * value),
    B,
    resampledStandardDeviation,
    OPTIONS,
  );
  expect(scaled.ratio).toBeCloseTo(1024 * plain.ratio, 9);
  expect(scaled.interval?.map((end) => end / 1024)).toEqual(plain.interval?.map((end) => expect.closeTo(end, 9)));
});

test("no interval from a single observation, or where a resample divides by zero; no ratio to zero", () => {
  expect(ratioOfStatistics([3], B, resampledMean, OPTIONS).interval).toBeNull();
  expect(ratioOfStatistics(A, [0, 0, 5], resampledMean, OPTIONS)).toEqual({ ratio: expect.closeTo(8.7, 12), interval: null });
  expect(() => ratioOfStatistics(A, [0, 0], resampledMean, OPTIONS)).toThrow(RangeError);
  expect(() => ratioOfStatistics(A, [2, 2, 2], resampledStandardDeviation, OPTIONS)).toThrow(RangeError);
});

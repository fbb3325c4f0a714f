import { expect, test } from "vitest";
import { bootstrapTwoSamples } from "../bootstrap/bootstrap-two-samples.ts";
import { resampledMedian } from "../bootstrap/resampled-median.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { differenceOfMediansInterval } from "./difference-of-medians.ts";

/** Evenly spread by probability: logistic, skewed by squaring. */
const spread = (n: number, middle: number): number[] =>
  Array.from({ length: n }, (_, i) => middle + 10 * Math.log((i + 0.5) / (n - i - 0.5)) + ((i + 0.5) / n) ** 2);

test("by hand from the order statistics", () => {
  // SciPy 1.17.1, ranks 18 and 33 of 50: 1 - 2 * binom.cdf(17, 50, 0.5) is 0.967, with ranks 19 and 32 it is 0.935
  const samples = sortedSamples(Array.from({ length: 50 }, (_, i) => i + 1));
  const interval = differenceOfMediansInterval(samples, samples);
  expect(interval?.[0]).toBeCloseTo(-Math.hypot(25.5 - 18, 33 - 25.5), 9);
  expect(interval?.[1]).toBeCloseTo(Math.hypot(33 - 25.5, 25.5 - 18), 9);
});

test("medians on either side of a gap: the interval reaches across it", () => {
  const half = (low: number): number[] =>
    [...Array(low).fill(0), ...Array(25 - low).fill(0)].map((_, i) => (i < low ? 100 : 140) + i / 10);
  const [low, high] = differenceOfMediansInterval(sortedSamples(half(11)), sortedSamples(half(14))) ?? [1, 1];
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(40);
});

test("for large samples the bootstrap's interval, within some per cent", () => {
  const [a, b] = [spread(800, 120), spread(600, 100)];
  const [ofA, ofB] = [resampledMedian(a), resampledMedian(b)];
  const boot = bootstrapTwoSamples([800, 600], (inA, inB) => ofA(inA) - ofB(inB), { seed: 1, replicates: 4000 });
  const [low, high] = differenceOfMediansInterval(sortedSamples(a), sortedSamples(b)) ?? [Number.NaN, Number.NaN];
  const [bootLow, bootHigh] = boot?.interval ?? [Number.NaN, Number.NaN];
  expect((high - low) / (bootHigh - bootLow)).toBeGreaterThan(0.93);
  expect((high - low) / (bootHigh - bootLow)).toBeLessThan(1.07);
  expect(Math.abs(low + high - bootLow - bootHigh) / 2).toBeLessThan(0.1 * (high - low));
});

test("equal observations have no width, fewer than six a side no interval", () => {
  const equal = sortedSamples(Array.from({ length: 10 }, () => 7));
  expect(differenceOfMediansInterval(equal, equal)).toEqual([0, 0]);
  expect(differenceOfMediansInterval(equal, sortedSamples([1, 2, 3, 4, 5]))).toBeNull();
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { iterationsNeeded } from "./iterations-needed.ts";
import { relativeHalfWidth } from "./relative-half-width.ts";

/** n quantiles of a population spread evenly over 100 ± spread. */
const evenly = (n: number, spread: number) =>
  sortedSamples(Array.from({ length: n }, (_, index) => 100 - spread + (2 * spread * (index + 0.5)) / n));

describe("relative half-width of the median's interval", () => {
  test("half the distance of its ends over the median: observations 3 and 10 of 12", () => {
    const x = sortedSamples([281.4, 276.9, 290.2, 284.0, 279.7, 301.3, 277.5, 283.3, 288.8, 280.6, 295.1, 278.2]);
    expect(relativeHalfWidth(x)).toBeCloseTo((290.2 - 278.2) / 2 / 282.35, 14);
  });

  test("is a share, and so positive below 0 too", () => {
    expect(relativeHalfWidth(sortedSamples([-8, -9, -10, -11, -12, -10]))).toBeCloseTo(0.2, 14);
  });

  test("there is none without an interval, nor of a median of 0", () => {
    expect(relativeHalfWidth(sortedSamples([1, 2, 3, 4, 5]))).toBeNull();
    expect(relativeHalfWidth(sortedSamples([-3, -2, -1, 1, 2, 3]))).toBeNull();
  });
});

describe("iterations needed", () => {
  // scipy.stats.norm.ppf(.975) = 1.959963984540054; n = 50: half-width (x33 − x18) / 2 = 7.5 · 2 · 10 / 50 = 3 of 100,
  // coverage 0.9671608624357315, scipy.stats.norm.ppf((1 + .9671608624357315) / 2) = 2.1342; 50 (3 · 1.96 / 2.1342 / 2)² = 94.9
  test("of 50 evenly spread over 100 ± 10, for 2 %", () => {
    expect(relativeHalfWidth(evenly(50, 10))).toBeCloseTo(0.03, 12);
    expect(iterationsNeeded(evenly(50, 10))).toBe(95);
  });

  test("half the share takes four times as many, up to rounding", () => {
    const [whole, half] = [iterationsNeeded(evenly(50, 10), 0.002), iterationsNeeded(evenly(50, 10), 0.001)] as [number, number];
    expect(Math.abs(half - 4 * whole)).toBeLessThanOrEqual(4);
  });

  test("the forecast from a fifth of the iterations is where the share is then reached", () => {
    const forecast = iterationsNeeded(evenly(100, 20)) as number;
    expect(relativeHalfWidth(evenly(Math.round(forecast * 1.1), 20))).toBeLessThanOrEqual(0.02);
    expect(relativeHalfWidth(evenly(Math.round(forecast * 0.9), 20))).toBeGreaterThan(0.02);
  });

  test("at most n exactly when the share is reached", () => {
    const sample = fc.array(fc.integer({ min: 90, max: 110 }), { minLength: 6, maxLength: 60 });
    fc.assert(
      fc.property(sample, (observations) => {
        const x = sortedSamples(observations);
        expect((iterationsNeeded(x, 0.05) as number) <= x.length).toBe((relativeHalfWidth(x) as number) <= 0.05);
      }),
      { seed: 1 },
    );
  });

  test("never fewer than make an interval", () => {
    expect(iterationsNeeded(sortedSamples([7, 7, 7, 7, 7, 7, 7, 7]))).toBe(6);
  });

  test("there is no forecast without an interval", () => {
    expect(iterationsNeeded(sortedSamples([1, 2, 3, 4, 5]))).toBeNull();
  });

  test.each([0, -0.02, Number.NaN, Number.POSITIVE_INFINITY])("%d is no share", (bad) => {
    expect(() => iterationsNeeded(evenly(50, 10), bad)).toThrow(RangeError);
  });
});

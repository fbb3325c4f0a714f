import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autocorrelation } from "./autocorrelation.ts";
import { effectiveSampleSize } from "./effective-sample-size.ts";
import { ljungBox } from "./ljung-box.ts";

const x = [281.4, 276.9, 290.2, 284.0, 279.7, 301.3, 277.5, 283.3, 288.8, 280.6, 295.1, 278.2];
const y = [5.1, 5.3, 4.9, 5.8, 6.1, 6.0, 5.5, 5.2, 4.8, 4.7, 5.0, 5.6, 6.3, 6.2, 5.9, 5.4, 5.0, 4.6, 4.9, 5.3];
/** A drift with a little alternation: d <- (1:100)/10 + rep(c(.1, -.1), 50) in R. */
const d = Array.from({ length: 100 }, (_, i) => (i + 1) / 10 + (i % 2 === 0 ? 0.1 : -0.1));

const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 40 });

describe("autocorrelation", () => {
  // R 4.2.2: acf(y, plot = FALSE, lag.max = 19)$acf
  test.each([
    [0, 1],
    [1, 0.6580199539524175],
    [2, 0.090406753645433741],
    [5, -0.62893323100537224],
    [19, 0.004297774366845749],
  ])("at lag %d: as R has it", (lag, expected) => {
    expect(autocorrelation(y, lag)).toBeCloseTo(expected, 12);
  });

  test("equal observations have none, though their mean is rounded", () => {
    expect(autocorrelation([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 1)).toBeNull();
    expect(autocorrelation([7], 0)).toBeNull();
  });

  test("stays the same shifted, scaled and read backwards; the observations stay as they were", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(-2, 0.5, 8), (observations, shift, scale) => {
        const before = [...observations];
        const moved = observations.map((value) => scale * value + shift).reverse();
        const [plain, changed] = [autocorrelation(observations, 2), autocorrelation(moved, 2)];
        expect(observations).toEqual(before);
        if (plain === null) expect(changed).toBeNull();
        else expect(changed).toBeCloseTo(plain, 9);
      }),
      { seed: 1 },
    );
  });

  test("depends on the order", () => {
    expect(autocorrelation([1, 2, 3, 4, 5, 6], 1)).toBeCloseTo(0.5, 12);
    expect(autocorrelation([1, 6, 2, 5, 3, 4], 1)).toBeLessThan(-0.5);
  });

  test.each([-1, 20, 1.5, Number.NaN])("%d is no lag of 20 observations", (lag) => {
    expect(() => autocorrelation(y, lag)).toThrow(RangeError);
  });

  test("refuses NaN and an empty series", () => {
    expect(() => autocorrelation([1, Number.NaN], 1)).toThrow("observation 2 of 2 is not a finite number: NaN");
    expect(() => autocorrelation([], 0)).toThrow("an empty sample has no statistics");
  });
});

describe("Ljung-Box", () => {
  // R 4.2.2: b <- Box.test(y, lag = h, type = "Ljung-Box"); b$statistic; pchisq(b$statistic, h, lower.tail = FALSE), as
  // b$p.value is 1 − pchisq(…), which has seven digits left at 4.6e-10
  test.each([
    [1, 10.027142858515703, 0.0015425011845845444],
    [4, 31.315738106361795, 2.6393276992943292e-6],
    [10, 64.692264300085327, 4.6414891895321999e-10],
  ])("over %d lags: as R has it", (lags, statistic, p) => {
    const result = ljungBox(y, lags);
    expect(result?.statistic).toBeCloseTo(statistic, 9);
    expect(result?.degreesOfFreedom).toBe(lags);
    expect((result?.p as number) / p).toBeCloseTo(1, 9);
  });

  test("takes a fifth of the observations as lags, at most ten", () => {
    // R: Box.test(x, lag = 2, type = "Ljung-Box"); Box.test(d, lag = 10, type = "Ljung-Box")
    expect(ljungBox(x)?.statistic).toBeCloseTo(4.3836185995217285, 10);
    expect(ljungBox(x)?.p).toBeCloseTo(0.11171444074380144, 10);
    expect(ljungBox(d)?.degreesOfFreedom).toBe(10);
    expect(ljungBox(d)?.statistic).toBeCloseTo(756.55714088052525, 8);
    expect((ljungBox(d)?.p as number) / 4.4806847910800375e-156).toBeCloseTo(1, 9);
  });

  test("there is none of equal observations, nor of fewer than five", () => {
    expect(ljungBox([3, 3, 3, 3, 3, 3])).toBeNull();
    expect(ljungBox([1, 2, 3, 4])).toBeNull();
    expect(ljungBox([1, 2, 3, 4], 1)?.degreesOfFreedom).toBe(1);
  });

  test.each([0, 20, 1.5])("%d is no number of lags of 20 observations", (lags) => {
    expect(() => ljungBox(y, lags)).toThrow(RangeError);
  });

  test("depends on the order", () => {
    expect(ljungBox([...y].sort(), 4)?.p).not.toBeCloseTo(ljungBox(y, 4)?.p as number, 9);
  });
});

describe("effective sample size", () => {
  // R 4.2.2, mcmc 0.9: i <- initseq(y); length(y) * i$gamma0 / i$var.pos
  test.each([
    ["slow waves", y, 8.6354297832858364],
    ["a drift", d, 2.8763778868417571],
  ])("of %s: as R's mcmc has it", (_, observations, expected) => {
    expect(effectiveSampleSize(observations)).toBeCloseTo(expected, 8);
  });

  test("is at most n, where mcmc has 20.9 for 12 observations that alternate", () => {
    expect(effectiveSampleSize(x)).toBe(12);
    expect(effectiveSampleSize([1, 9, 1, 9, 1, 9, 1, 9])).toBe(8);
  });

  test("equal observations have none", () => {
    expect(effectiveSampleSize([3, 3, 3])).toBeNull();
    expect(effectiveSampleSize([3])).toBeNull();
  });

  test("of a long series is the same by batches: each of 5 000 values five times over, in a row", () => {
    const once = Array.from({ length: 5000 }, (_, i) => Math.sin(i * i));
    const size = effectiveSampleSize(once.flatMap((value) => [value, value, value, value, value])) as number;
    expect(size / 5000).toBeGreaterThan(0.9);
    expect(size / 5000).toBeLessThan(1.1);
  });

  test("stays the same shifted and scaled, lies between 0 and n, and leaves the observations as they were", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0.5, 8), (observations, shift, scale) => {
        const before = [...observations];
        const size = effectiveSampleSize(observations);
        expect(observations).toEqual(before);
        if (size === null) return;
        expect(size).toBeGreaterThan(0);
        expect(size).toBeLessThanOrEqual(observations.length);
        expect(effectiveSampleSize(observations.map((value) => scale * value))).toBeCloseTo(size, 9);
        expect(effectiveSampleSize(observations.map((value) => value + shift))).not.toBeNull();
      }),
      { seed: 1 },
    );
  });
});

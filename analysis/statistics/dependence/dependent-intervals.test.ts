import fc from "fast-check";
import { expect, test } from "vitest";
import { midranks } from "../tests/ranks.ts";
import { dependentMeanInterval } from "./dependent-mean-interval.ts";
import { dependentMedianInterval } from "./dependent-median-interval.ts";
import { effectiveSampleSize } from "./effective-sample-size.ts";

const y = [5.1, 5.3, 4.9, 5.8, 6.1, 6.0, 5.5, 5.2, 4.8, 4.7, 5.0, 5.6, 6.3, 6.2, 5.9, 5.4, 5.0, 4.6, 4.9, 5.3];

test("mean: as R has it", () => {
  // R 4.2.2: n <- 20; B <- floor(.4 * n^(2/3)); d <- y - mean(y)
  // L <- sapply(1:B, function(j) sqrt(2/n) * sum(d * cos(pi * j * ((1:n) - .5) / n)))
  // mean(y) + c(-1, 1) * qt(.975, B) * sqrt(mean(L^2) / n)
  const [low, high] = dependentMeanInterval(y) as [number, number];
  expect(low).toBeCloseTo(5.0436739246901929, 12);
  expect(high).toBeCloseTo(5.7163260753098069, 12);
});

test("median: the quantiles at ½ ± t(nₑ − 1) / (2 √nₑ), nₑ of the ranks", () => {
  // R 4.2.2: ne <- 8.8143473928927278, by Geyer's initial positive sequence of rank(y), written out
  // quantile(y, .5 + c(-1, 1) * qt(.975, ne - 1) / (2 * sqrt(ne)))
  expect(effectiveSampleSize(midranks(y))).toBeCloseTo(8.8143473928927278, 9);
  const [low, high] = dependentMedianInterval(y) as [number, number];
  expect(low).toBeCloseTo(4.8090525258854342, 9);
  expect(high).toBeCloseTo(6.0909474741145662, 9);
});

test("an outlier does not hide dependence from the median's interval", () => {
  const wild = [...y];
  wild[7] = 500;
  const [width, wider] = [y, wild].map((values) => {
    const [low, high] = dependentMedianInterval(values) as [number, number];
    return high - low;
  }) as [number, number];
  expect(wider).toBeLessThan(2 * width);
  expect(wider).toBeGreaterThan(width / 2);
});

test("none of equal observations, of too few for a long-run variance, and where an end would lie outside of the sample", () => {
  expect(dependentMeanInterval(Array.from({ length: 30 }, () => 7))).toBeNull();
  expect(dependentMeanInterval(y.slice(0, 11))).toBeNull();
  expect(dependentMedianInterval([7, 7, 7])).toBeNull();
  expect(dependentMedianInterval([1, 2, 3, 4, 5, 6, 7])).toBeNull();
  expect(() => dependentMeanInterval([1, Number.NaN])).toThrow("observation 2 of 2 is not a finite number: NaN");
});

test("both hold their middle, move and scale with the observations, and leave them as they were", () => {
  const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 30, maxLength: 60 });
  fc.assert(
    fc.property(series, fc.integer({ min: -99, max: 99 }), (values, shift) => {
      const before = [...values];
      const moved = values.map((value) => 4 * value + shift);
      for (const interval of [dependentMeanInterval, dependentMedianInterval]) {
        const [plain, changed] = [interval(values), interval(moved)];
        if (plain === null || changed === null) continue;
        expect(changed[0]).toBeCloseTo(4 * plain[0] + shift, 6);
        expect(changed[1]).toBeCloseTo(4 * plain[1] + shift, 6);
        expect(plain[0]).toBeLessThanOrEqual(plain[1]);
      }
      expect(values).toEqual(before);
    }),
    { seed: 1 },
  );
});

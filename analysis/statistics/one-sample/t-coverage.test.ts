import { expect, test } from "vitest";
import { tCoverage } from "./t-coverage.ts";

test.each([
  [1.96, 50, 0.9443043921], // SciPy: 2 * t.cdf(1.96, 49) - 1
  [2.045, 20, 0.9450414891], // SciPy: 2 * t.cdf(2.045, 19) - 1
  [2.0095752371292397, 50, 0.95], // SciPy: t.ppf(0.975, 49)
  [1, 2, 0.5], // F(1; 1) = 3/4, Cauchy
])("%d standard errors at n = %d cover %d", (factor, n, coverage) => {
  expect(tCoverage(factor, n)).toBeCloseTo(coverage, 9);
});

test.each([
  [0, 10],
  [-1, 10],
  [Number.NaN, 10],
  [1.96, 1],
  [1.96, 10.5],
])("no interval from factor %d at n = %d", (factor, n) => {
  expect(() => tCoverage(factor, n)).toThrow(RangeError);
});

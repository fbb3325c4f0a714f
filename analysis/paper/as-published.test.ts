import { describe, expect, test } from "vitest";
import { describeAsPublished, testAsPublished } from "./as-published.ts";

/** Values with quarters, so that some land half-way between two hundredths. */
const values = (n: number) => Array.from({ length: n }, (_, index) => (((index + 1) ** 2 * 7) % 101) + 0.25 * (index + 1));

describe("describing a sample as the study does", () => {
  // Python 3.11 with m = sum(v)/n, s = sqrt(sum((x-m)**2 for x in v)/(n-1)), c = K*s/sqrt(n), K = 1.96 for n >= 30, 2.045
  // from 20, 2.262 from 10, else 2.776: round(x, 2) of m, sorted(v)[n//2], s, c, m-c, m+c, min(v), max(v)
  test.each([
    [9, 43.36, 46.0, 23.59, 21.83, 21.53, 65.19, 7.25, 75.25],
    [10, 48.67, 51.5, 27.88, 19.94, 28.73, 68.62, 7.25, 96.5],
    [19, 51.34, 51.5, 29.13, 15.12, 36.23, 66.46, 6.75, 102.0],
    [20, 52.67, 62.5, 28.97, 13.25, 39.43, 65.92, 6.75, 102.0],
    [29, 55.72, 60.5, 27.14, 10.31, 45.41, 66.02, 6.75, 102.0],
    [30, 55.38, 60.5, 26.74, 9.57, 45.81, 64.94, 6.75, 102.0],
    [50, 56.88, 59.75, 27.76, 7.69, 49.18, 64.57, 6.75, 106.0],
  ])("%d values", (n, mean, median, sd, half, lo, hi, min, max) => {
    const expected = { n, mean, median, sd, mean_ci_half_width: half, mean_ci: [lo, hi], min, max };
    expect(describeAsPublished(values(n))).toEqual(expected);
  });

  test("a single value has a deviation of 0, and an empty sample has nothing", () => {
    expect(describeAsPublished([7.25])).toMatchObject({ n: 1, mean: 7.25, sd: 0, mean_ci: [7.25, 7.25] });
    expect(describeAsPublished([])).toBeNull();
  });

  test("a sum one after the other: sum([0.1] * 10) / 10 is 0.09999999999999999 before Python 3.12", () => {
    const tie = [...Array.from({ length: 9 }, () => 0.1), 0.15];
    // round(sum(tie) / 10, 2): the mean is 0.105 by hand, and below it one after the other
    expect(describeAsPublished(tie)?.mean).toBe(0.1);
  });
});

describe("testing two samples as the study does", () => {
  const steps = (n: number, step: number, from: number) => Array.from({ length: n }, (_, index) => index * step + from);
  // scipy 1.17.1: u, p = mannwhitneyu(a, b, alternative="two-sided"); round(u, 2), round(p, 6), round(2*u/(n*m) - 1, 3)
  test.each([
    ["exact", [1.5, 2.25, 3.75, 4.5, 9.125], [0.5, 1.25, 2.0, 2.5, 3.0, 3.25], 23, 0.177489, 0.533, "large"],
    ["ties", [1, 2, 2, 3, 5], [0, 2, 2, 4, 1, 1], 21, 0.299401, 0.4, "medium"],
    ["nine a side, normal", steps(9, 1, 0.5), steps(9, 1.1, 0.25), 39, 0.929637, -0.037, "negligible"],
    ["nine a side again", steps(9, 1.3, 0.5), steps(9, 1.1, 0.25), 48, 0.536499, 0.185, "small"],
    ["eight, exact with sixty", steps(8, 1.3, 0.5), steps(60, 0.7, 0.25), 59, 0.0002, -0.754, "large"],
    ["apart: p is rounded to 0", steps(50, 1, 100), steps(50, 1, 0), 2500, 0, 1, "large"],
    ["all equal", steps(6, 0, 5), steps(6, 0, 5), 18, 1, 0, "negligible"],
  ])("%s", (_, a, b, u, p, cliffs_delta, effect) => {
    expect(testAsPublished(a, b)).toEqual({ u, p, significant: p < 0.05, cliffs_delta, effect });
  });

  test("fewer than five values a side are not tested", () => {
    expect(testAsPublished([1, 2, 3, 4], [1, 2, 3, 4, 5])).toBeNull();
    expect(testAsPublished([1, 2, 3, 4, 5], [1, 2, 3, 4])).toBeNull();
  });
});

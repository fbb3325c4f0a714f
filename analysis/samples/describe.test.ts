import { expect, describe as group, test } from "vitest";
import { describe } from "./describe.ts";

group("description of a sample", () => {
  test("of nothing is nothing", () => {
    expect(describe([])).toBeNull();
  });

  test("of one observation has no spread and no intervals", () => {
    expect(describe([7])).toEqual({
      n: 1,
      mean: 7,
      sd: null,
      mad: null,
      median: 7,
      q25: 7,
      q75: 7,
      min: 7,
      max: 7,
      mean_ci: null,
      median_ci: null,
      median_ci_coverage: null,
      p99: null,
      p99_ci: null,
    });
  });

  test("of six has all there is", () => {
    expect(describe([6, 5, 4, 3, 2, 1])).toMatchObject({
      n: 6,
      mean: 3.5,
      median: 3.5,
      q25: 2.25,
      q75: 4.75,
      median_ci: [1, 6],
      median_ci_coverage: 0.96875,
      p99: null,
    });
  });

  test("of times among which are zeros has no interval below zero", () => {
    const { mean = 0, mean_ci = null } = describe([0, 0, 0, 0, 0, 9]) ?? {};
    const [low = Number.NaN, high = Number.NaN] = mean_ci ?? [];
    expect(low).toBeGreaterThan(0);
    expect(low * high).toBeCloseTo(mean ** 2, 9); // symmetric on the logarithm
    expect(describe([-3, 0, 0, 0, 0, 9])?.mean_ci?.[0]).toBeLessThan(0); // a difference may be negative
  });

  test("of 368 has a 99th percentile, of 367 none: its interval would have no end", () => {
    const first = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
    expect(describe(first(367))).toMatchObject({ p99: null, p99_ci: null });
    expect(describe(first(368))).toMatchObject({ p99_ci: [360, 368] });
    expect(describe(first(368))?.p99).toBeCloseTo(1 + 0.99 * 367, 9);
  });
});

import { expect, test } from "vitest";
import { scattered } from "../testing/measurement.ts";
import { identifyStatistic } from "./identify-statistic.ts";

const a = scattered(1, 50, 300, 90);
const b = scattered(2, 40, 200, 10);
const matching = (published: number, decimals: number): string[] =>
  identifyStatistic(published, decimals, a, b).flatMap(({ statistic, matches }) => (matches ? [statistic] : []));
const of = (statistic: string): number =>
  identifyStatistic(1, 0, a, b).find((each) => each.statistic === statistic)?.ratio as number;

test.each(["mean", "median", "standard deviation", "variance", "interquartile range", "range", "maximum"])(
  "a ratio of the %s is known for what it is",
  (statistic) => {
    expect(matching(Number(of(statistic).toFixed(4)), 4)).toEqual([statistic]);
  },
);

test("the ratio of variances is the square of that of standard deviations", () => {
  expect(of("variance")).toBeCloseTo(of("standard deviation") ** 2, 10);
});

test("matches come first, followed by all others", () => {
  const all = identifyStatistic(Number(of("variance").toFixed(1)), 1, a, b);
  expect(all[0]).toMatchObject({ statistic: "variance", matches: true });
  expect(all).toHaveLength(12);
});

test("a number that is the ratio of nothing matches nothing", () => {
  expect(matching(1234.5, 1)).toEqual([]);
});

test("with few digits several match; with one value there is no spread to compare", () => {
  expect(identifyStatistic(1, 0, a, a).every(({ matches }) => matches)).toBe(true);
  expect(identifyStatistic(2, 0, [4], [2]).map(({ statistic }) => statistic)).not.toContain("variance");
});

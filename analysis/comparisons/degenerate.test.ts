import { expect, test } from "vitest";
import { renderComparison } from "../format/comparison/comparison-report.ts";
import { measurement } from "../testing/measurement.ts";
import { bareSubject } from "../testing/subjects.ts";
import { compare } from "./compare.ts";
import { beyondThreshold, notJudged } from "./threshold.ts";

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
const BASE = Array.from({ length: 20 }, (_, index) => 90 + index);

const against = (a: readonly number[], b: readonly number[]) =>
  compare([bareSubject("base", [measurement(a)]), bareSubject("other", [measurement(b)])], { reference: "base", seed: 1 });

test.each([
  ["one value", BASE, [100]],
  ["two values", BASE, [100, 101]],
  ["ten equal values", BASE, times(10, 200)],
  ["ten zeros", BASE, times(10, 0)],
  ["equal values on both sides", times(10, 5), times(10, 5)],
  ["zeros on both sides", times(10, 0), times(10, 0)],
  ["a baseline of zeros", times(10, 0), BASE],
  ["one value on either side", [1], [2]],
])("%s: compared without a NaN, in every format", (_, a, b) => {
  const report = against(a, b);
  expect(report.comparisons).toHaveLength(1);
  for (const format of ["text", "markdown", "latex", "json", "csv"] as const)
    expect(renderComparison(report, format)).not.toMatch(/NaN|Infinity|undefined/);
});

test("equal but different samples are different, and beyond a threshold", () => {
  const { comparisons } = against(times(10, 100), times(10, 200));
  for (const ratio of [comparisons[0]?.ratio, ...(comparisons[0]?.ratio_ci ?? [])]) expect(ratio).toBeCloseTo(2, 9);
  expect(beyondThreshold(comparisons, 0.05, true)).toHaveLength(1);
});

test.each([
  [times(10, 0), BASE, /no ratio/],
  [BASE, [100], /too few trials/],
])("what has no ratio or no interval is not judged, and said", (a, b, reason) => {
  const report = against(a, b);
  expect(beyondThreshold(report.comparisons, 0.05, true)).toEqual([]);
  expect(notJudged(report).join()).toMatch(reason);
});

import { expect, test } from "vitest";
import { renderComparison } from "../format/comparison/comparison-report.ts";
import { blockKey } from "../subjects/measurement.ts";
import { measurement } from "../testing/measurement.ts";
import { bareSubject } from "../testing/subjects.ts";
import { compare } from "./compare.ts";
import { beyondThreshold, notJudged } from "./threshold.ts";

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
const BASE = Array.from({ length: 20 }, (_, index) => 90 + index);

/** Each sample once in so many sessions. */
const against = (a: readonly number[], b: readonly number[], sessions = 1) => {
  const repeated = (values: readonly number[]) => {
    const numbers = Array.from({ length: sessions }, (_, index) => index);
    return measurement(
      numbers.flatMap(() => values),
      { blocks: numbers.flatMap((session) => values.map((_, block) => blockKey(session, block))) },
    );
  };
  return compare([bareSubject("base", [repeated(a)]), bareSubject("other", [repeated(b)])], { reference: "base" });
};

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
  for (const report of [against(a, b), against(a, b, 2), against(a, b, 6)])
    for (const format of ["text", "markdown", "latex", "json", "csv"] as const)
      expect(renderComparison(report, format)).not.toMatch(/NaN|Infinity|undefined/);
});

test("equal but different sessions are different, and beyond a threshold", () => {
  const { comparisons } = against(times(10, 100), times(10, 200), 3);
  expect(comparisons).toHaveLength(1);
  const { ratio, ratio_ci } = comparisons[0]?.sessions ?? {};
  for (const each of [ratio, ...(ratio_ci ?? [])]) expect(each).toBeCloseTo(2, 9);
  expect(beyondThreshold(comparisons, 0.05, true)).toHaveLength(1);
});

test.each([
  [times(10, 0), BASE, 3, /agree to the last place/],
  [BASE, [100], 1, /one session a side/],
])("what has no ratio or too few sessions is not judged, and reported", (a, b, sessions, reason) => {
  const report = against(a, b, sessions);
  expect(beyondThreshold(report.comparisons, 0.05, true)).toEqual([]);
  expect(notJudged(report, 0.05, true)[0]?.reason).toMatch(reason);
});

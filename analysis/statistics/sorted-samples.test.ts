import { describe, expect, test } from "vitest";
import { sortedSamples } from "./sorted-samples.ts";

describe("sorted samples", () => {
  test("are sorted by value and leave the caller's array as it was", () => {
    const observations = [10, 9, 100, -1];
    expect(sortedSamples(observations)).toEqual([-1, 9, 10, 100]);
    expect(observations).toEqual([10, 9, 100, -1]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuse %d and say which it is", (bad) => {
    expect(() => sortedSamples([1, bad, 2])).toThrow("observation 2 of 3 is not a finite number");
  });

  test("refuse an empty sample", () => {
    expect(() => sortedSamples([])).toThrow("an empty sample has no statistics");
  });
});

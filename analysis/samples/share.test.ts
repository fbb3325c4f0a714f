import { expect, test } from "vitest";
import { positiveInterval } from "./positive-interval.ts";
import { shareIntervals } from "./share.ts";

const TOTALS = [100, 104, 98, 130, 101];

test("below five trials a share has no interval", () => {
  expect(shareIntervals(TOTALS.slice(0, 4))([10, 12, 9, 40])).toBeNull();
  expect(shareIntervals(TOTALS)([10, 12, 9, 40, 11])).not.toBeNull();
  expect(shareIntervals([0, 0, 0, 0, 0])([0, 0, 0, 0, 0])).toBeNull();
});

test("an interval of a share lies between 0 and 100", () => {
  const ends = shareIntervals(TOTALS)([0, 0, 0, 40, 0]) ?? [Number.NaN, Number.NaN];
  expect(ends[0]).toBe(0);
  expect(ends[1]).toBeGreaterThan(8);
  expect(shareIntervals(TOTALS)(TOTALS)?.[1]).toBeCloseTo(100, 9);
});

test("an interval of positive values that would reach below 0 is made on the logarithm; others stay", () => {
  const [low, high] = positiveInterval([-5, 25], 10, 1) ?? [Number.NaN, Number.NaN];
  expect(low).toBeCloseTo(10 / Math.exp(1.5), 12);
  expect(high).toBeCloseTo(10 * Math.exp(1.5), 12);
  expect(positiveInterval([1, 19], 10, 1)).toEqual([1, 19]);
  expect(positiveInterval([-5, 25], 10, -1)).toEqual([-5, 25]);
  expect(positiveInterval(null, 10, 1)).toBeNull();
});

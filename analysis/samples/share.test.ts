import { expect, test } from "vitest";
import { clusteredRatio } from "../statistics/effects/clustered-ratio.ts";
import { positiveInterval } from "./positive-interval.ts";
import { shareIntervals } from "./share.ts";

const TOTALS = [100, 104, 98, 130, 101];

test("below five trials a share has no interval", () => {
  expect(shareIntervals(TOTALS.slice(0, 4), null)([10, 12, 9, 40])).toBeNull();
  expect(shareIntervals(TOTALS, null)([10, 12, 9, 40, 11])).not.toBeNull();
  expect(shareIntervals([0, 0, 0, 0, 0], null)([0, 0, 0, 0, 0])).toBeNull();
});

test("an interval of a share lies between 0 and 100", () => {
  const ends = shareIntervals(TOTALS, null)([0, 0, 0, 40, 0]) ?? [Number.NaN, Number.NaN];
  expect(ends[0]).toBe(0);
  expect(ends[1]).toBeGreaterThan(8);
  expect(shareIntervals(TOTALS, null)(TOTALS)?.[1]).toBeCloseTo(100, 9);
});

test("an interval of positive values that would reach below 0 is made on the logarithm; others stay", () => {
  const [low, high] = positiveInterval([-5, 25], 10, 1) ?? [Number.NaN, Number.NaN];
  expect(low).toBeCloseTo(10 / Math.exp(1.5), 12);
  expect(high).toBeCloseTo(10 * Math.exp(1.5), 12);
  expect(positiveInterval([1, 19], 10, 1)).toEqual([1, 19]);
  expect(positiveInterval([-5, 25], 10, -1)).toEqual([-5, 25]);
  expect(positiveInterval(null, 10, 1)).toBeNull();
});

test("from three sessions on the replicate is the session", () => {
  const parts = [50, 52, 60, 63, 30, 31];
  const totals = [100, 104, 100, 105, 100, 103];
  const ofTrials = shareIntervals(totals, null)(parts) ?? [0, 0];
  const ofSessions = shareIntervals(totals, [1, 1, 2, 2, 3, 3])(parts) ?? [0, 0];
  const summed = clusteredRatio([
    [102, 204],
    [123, 205],
    [61, 203],
  ]) ?? [0, 0];
  expect(ofSessions).toEqual(summed.map((end) => Math.min(100, Math.max(0, 100 * end))));
  // The last session was cut short.
  const cut = shareIntervals(totals.slice(0, 5), [1, 1, 2, 2, 3])([50, 52, 50, 53, 50]) ?? [0, 0];
  expect(cut[0]).toBeGreaterThan(48);
  expect(cut[1]).toBeLessThan(53);
  expect(ofSessions[1] - ofSessions[0]).toBeGreaterThan(1.5 * (ofTrials[1] - ofTrials[0]));
  expect(shareIntervals(totals, [1, 1, 1, 2, 2, 2])(parts)).toEqual(shareIntervals(totals, null)(parts));
});

import { expect, test } from "vitest";
import { meanInterval } from "../one-sample/mean-interval.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { clusteredRatio } from "./clustered-ratio.ts";

test("of clusters of equal size it is Student's interval of their means", () => {
  const means = [100, 120, 90, 104];
  const found = clusteredRatio(means.map((mean) => [7 * mean, 7])) ?? [0, 0];
  const student = meanInterval(sortedSamples(means)) ?? [0, 0];
  expect(found[0]).toBeCloseTo(student[0], 9);
  expect(found[1]).toBeCloseTo(student[1], 9);
});

test("clusters with the same ratio scatter by nothing, whatever their size, and the interval holds the ratio", () => {
  expect(clusteredRatio([50, 20, 3].map((w) => [0.56 * w, w])) ?? []).toEqual([
    expect.closeTo(0.56, 12),
    expect.closeTo(0.56, 12),
  ]);
  const [low, high] = clusteredRatio([
    [5.6, 10],
    [5.7, 10],
    [2.2, 4],
  ]) ?? [0, 1];
  expect(low).toBeGreaterThan(0.5);
  expect(high).toBeLessThan(0.62);
  expect(low).toBeLessThan(13.5 / 24);
  expect(high).toBeGreaterThan(13.5 / 24);
});

test("one cluster, or nothing to share, has none", () => {
  expect(clusteredRatio([[1, 2]])).toBeNull();
  expect(clusteredRatio([[0, 0], [0, 0]])).toBeNull(); // biome-ignore format: pairs
});

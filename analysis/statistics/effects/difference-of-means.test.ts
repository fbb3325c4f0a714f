import { expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { differenceOfMeansInterval } from "./difference-of-means.ts";

const FIRST = sortedSamples([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
const SECOND = sortedSamples([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);

test("R: t.test(extra ~ group, data = sleep)$conf.int", () => {
  const [low, high] = differenceOfMeansInterval(FIRST, SECOND) ?? [];
  expect(low).toBeCloseTo(-3.3654832, 6);
  expect(high).toBeCloseTo(0.2054832, 6);
});

test("none below two a side; without spread the difference itself", () => {
  expect(differenceOfMeansInterval(sortedSamples([1]), SECOND)).toBeNull();
  expect(differenceOfMeansInterval(sortedSamples([3, 3]), sortedSamples([1, 1]))).toEqual([2, 2]);
});

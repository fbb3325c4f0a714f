import { expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { median } from "./median.ts";
import { unsortedMedian } from "./unsorted-median.ts";

/** Shuffled, with ties, and not a round number among them. */
const sample = (n: number): number[] => Array.from({ length: n }, (_, index) => ((index * 7919) % 101) / 7);

test("is the median of the sorted sample, to the last bit, and leaves its sample as it is", () => {
  for (let n = 1; n <= 1500; n += n < 50 ? 1 : 97) {
    const observations = sample(n);
    expect(unsortedMedian(observations)).toBe(median(sortedSamples(observations)));
    expect(observations).toEqual(sample(n));
  }
});

test.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])("of %j there is none", (observations) => {
  expect(() => unsortedMedian(observations)).toThrow(RangeError);
});

import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { medianAbsoluteDeviation } from "./median-absolute-deviation.ts";

describe("median absolute deviation", () => {
  // R 4.2.2: mad(x)
  test.each([
    ["as measured", [281.4, 276.9, 290.2, 284.0, 279.7, 301.3, 277.5, 283.3, 288.8, 280.6, 295.1, 278.2], 6.6717000000000422],
    ["in steps", [10, 10, 10, 20, 20, 30], 7.413],
    ["with an outlier", [1, 2, 3, 4, 100], 1.4826],
    ["mostly equal", [280, 280, 290, 280, 270, 280, 310, 280, 290, 280], 0],
  ])("%s: as R has it", (_, x, expected) => {
    expect(medianAbsoluteDeviation(sortedSamples(x))).toBeCloseTo(expected, 12);
  });

  test("a single observation has none", () => {
    expect(medianAbsoluteDeviation(sortedSamples([7]))).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { nearestRank } from "./quantiles.ts";

describe("nearestRank", () => {
  it("is an observation: R's quantile(type = 1)", () => {
    // quantile(c(3, 5, 8, 13, 21), c(0, .2, .5, .9, 1), type = 1)
    expect([0, 0.2, 0.5, 0.9, 1].map((quantile) => nearestRank([3, 5, 8, 13, 21], quantile))).toEqual([3, 3, 8, 21, 21]);
  });

  it("of a thousand is what 990 do not exceed", () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => index + 1);
    expect([0.5, 0.9, 0.99, 1].map((quantile) => nearestRank(thousand, quantile))).toEqual([500, 900, 990, 1_000]);
  });

  it("of nothing is nothing", () => {
    expect(nearestRank([], 0.5)).toBeNull();
  });
});

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { timeOrder, timeOrderWarnings } from "./time-order.ts";

const random = xoroshiro128plus(5);
const scattered = Array.from({ length: 50 }, () => 200 + uniformInt(random, 0, 50));

describe("timeOrder", () => {
  it("has nothing to say of scattered trials", () => {
    expect(timeOrderWarnings("small warm", timeOrder(scattered), 50, "ms")).toEqual([]);
  });

  it("finds a step, and says where, from what to what", () => {
    const stepped = scattered.map((value, index) => (index < 12 ? value + 100 : value));
    const warnings = timeOrderWarnings("small warm", timeOrder(stepped), 50, "ms");
    expect(warnings.map(({ summary }) => summary)).toContain("small warm: the level changes at trial 13 of 50");
    expect(warnings.find(({ summary }) => summary.includes("depend"))?.evidence).toMatch(
      /worth about \d+ independent trials of 50/,
    );
  });

  it("copes with one trial, and with trials that are all equal", () => {
    expect(timeOrder([5])).toEqual({ lag1_autocorrelation: null, ljung_box_p: null, effective_n: null, changepoints: [] });
    expect(timeOrderWarnings("x", timeOrder(Array.from({ length: 20 }, () => 5)), 20, "ms")).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { Measurement } from "../subjects/measurement.ts";
import { measurement, scattered } from "../testing/measurement.ts";
import { missingTrials } from "./missing-trials.ts";

const condition = (n: number, factors: Record<string, string>, fields: Partial<Measurement> = {}): Measurement =>
  measurement(scattered(1, n), { factors, ...fields });
const without = (passes: readonly number[]): Measurement => {
  const blocks = Array.from({ length: 50 }, (_, index) => index + 1).filter((block) => !passes.includes(block));
  return condition(blocks.length, { storage: "volume" }, { blocks });
};

describe("trials that are not there", () => {
  test("leave gaps in the numbers of the passes", () => {
    const [finding, ...more] = missingTrials([condition(50, { storage: "overlay" }), without([7, 20, 21, 22])]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ detector: "missing-trials", condition: "volume", numbers: { missing: 4, n: 96 } });
    expect(finding?.evidence).toBe("volume lacks pass 7, 20–22 of 50");
  });

  test("at the beginning leave a gap, too", () => {
    expect(missingTrials([without([1, 2])])[0]?.evidence).toBe("volume lacks pass 1–2 of 50");
  });

  test("at the end make a condition smaller than the others", () => {
    const [finding] = missingTrials([condition(50, { storage: "overlay" }), condition(47, { storage: "volume" })]);
    expect(finding?.evidence).toBe("volume 47 where others have 50");
  });

  test("are counted, where every trial is known", () => {
    const [finding] = missingTrials([
      condition(48, { image: "a" }, { trials: 50 }),
      condition(50, { image: "b" }, { trials: 50 }),
    ]);
    expect(finding).toMatchObject({ condition: "a", evidence: "a 2 of 50" });
  });

  test("may be all there were", () => {
    expect(missingTrials([condition(0, { image: "a" })])[0]?.evidence).toBe("a has no value at all");
    const [none] = missingTrials([condition(0, { image: "a" }, { trials: 1 }), condition(50, { image: "b" }, { trials: 50 })]);
    expect(none?.summary).toContain("a trial has no value, so nothing is known of a");
    const [some] = missingTrials([condition(0, { image: "a" }, { trials: 1 }), condition(49, { image: "b" }, { trials: 50 })]);
    expect(some?.summary).toContain("2 trials have no value; the remaining trials may differ");
  });
});

describe("a design is no gap", () => {
  test.each([
    ["conditions of one size", [condition(50, { image: "a" }), condition(50, { image: "b" })]],
    [
      "50 warm and 20 cold of each image",
      ["a", "b"].flatMap((image) => [condition(50, { image, mode: "warm" }), condition(20, { image, mode: "cold" })]),
    ],
    [
      "50 warm and 45 cold of each image",
      ["a", "b"].flatMap((image) => [condition(50, { image, mode: "warm" }), condition(45, { image, mode: "cold" })]),
    ],
    ["50 of one and 10 of another", [condition(50, { image: "a" }), condition(10, { image: "b" })]],
    [
      "20 spread over 50 blocks, where every trial is known",
      [condition(20, { mode: "cold" }, { blocks: scattered(1, 20).map((_, index) => index * 2 + 2), trials: 20 })],
    ],
    [
      "stopped once precise enough, where every trial is known",
      [condition(31, { image: "a" }, { trials: 31 }), condition(28, { image: "b" }, { trials: 28 })],
    ],
  ])("%s", (_, measurements) => {
    expect(missingTrials(measurements)).toEqual([]);
  });
});

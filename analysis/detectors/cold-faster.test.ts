import { describe, expect, test } from "vitest";
import type { Measurement } from "../subjects/measurement.ts";
import { measurement, scattered } from "../testing/measurement.ts";
import { coldFasterThanWarm } from "./cold-faster.ts";

const pair = (warm: number, cold: number, fields: Partial<Measurement> = {}, image = "small"): Measurement[] => [
  measurement(scattered(1, 50, warm, warm / 10), { ...fields, factors: { image, mode: "warm" } }),
  measurement(scattered(2, 20, cold, cold / 10), { ...fields, factors: { image, mode: "cold" } }),
];

describe("cold faster than warm", () => {
  test("is found, with the ratio and its interval", () => {
    const [finding, ...more] = coldFasterThanWarm(pair(1000, 500));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ detector: "cold-faster-than-warm", condition: "small cold" });
    expect(finding?.numbers.ratio).toBeCloseTo(0.5, 1);
    expect(finding?.numbers.ratio_hi).toBeLessThan(1);
  });

  test("is one finding for all images, and names those in which it is so", () => {
    const findings = coldFasterThanWarm([...pair(1000, 500), ...pair(1000, 1500, {}, "medium"), ...pair(1000, 600, {}, "large")]);
    expect(findings.map(({ condition }) => condition)).toEqual(["small cold, large cold"]);
  });

  test("is a higher speed, where higher is better", () => {
    expect(coldFasterThanWarm(pair(100, 200, { better: "higher" }))).toHaveLength(1);
    expect(coldFasterThanWarm(pair(200, 100, { better: "higher" }))).toEqual([]);
  });
});

describe("nothing to doubt", () => {
  test.each([
    ["cold slower than warm", pair(300, 900)],
    ["no difference", pair(300, 300)],
    ["a little less, and not for certain", pair(300, 297)],
    ["neither is better", pair(1000, 500, { better: null })],
    ["another image", [pair(1000, 500)[0], pair(1000, 500, {}, "large")[1]] as Measurement[]],
    ["too few trials", pair(1000, 500).map((each) => ({ ...each, values: each.values.slice(0, 3) }))],
    ["values that have no ratio", pair(1000, 500).map((each) => ({ ...each, values: each.values.map((value) => value - 500) }))],
    ["nothing measured", pair(1000, 500).map((each) => ({ ...each, values: [] }))],
  ])("%s", (_, measurements) => {
    expect(coldFasterThanWarm(measurements)).toEqual([]);
  });
});

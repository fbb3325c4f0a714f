/** Defects planted in clean values: what is found, and what is not (method/detectors.md names it). */
import { describe, expect, test } from "vitest";
import { measurement, scattered } from "../../testing/measurement.ts";
import { clampedAtLimit } from "./clamped-at-limit.ts";
import { clampedAtZero } from "./clamped-at-zero.ts";
import { codedMissing } from "./coded-missing.ts";
import { derivedMetrics } from "./derived-metric.ts";
import { lostUnits } from "./lost-unit.ts";
import { quantised } from "./quantised.ts";

const values = scattered(1);
const every = (k: number, change: (value: number) => number, of: readonly number[] = values): number[] =>
  of.map((value, index) => (index % k === 3 ? change(value) : value));

describe("found", () => {
  test("a floor other than 0, and a ceiling", () => {
    const [floor] = clampedAtLimit([measurement(values.map((value) => Math.max(280, value)))]);
    expect(floor).toMatchObject({ detector: "clamped-at-limit", numbers: { limit: 280, n: 50 } });
    expect(floor?.numbers.at_limit).toBe(values.filter((value) => value < 280).length);
    expect(clampedAtLimit([measurement(values.map((value) => Math.min(320, value)))])[0]?.summary).toContain("larger ones");
  });

  test("−1 as a code, and −999", () => {
    const [finding] = codedMissing([measurement(every(10, () => -1))]);
    expect(finding).toMatchObject({ detector: "coded-missing", severity: "defect", numbers: { code: -1, coded: 5 } });
    expect(finding?.rows).toEqual([4, 14, 24, 34, 44]);
    expect(codedMissing([measurement(every(50, () => -999))])).toHaveLength(1);
    const wide = scattered(2, 50, 2, 1).map((z) => Number(Math.exp(z).toFixed(2)));
    expect(codedMissing([measurement(every(50, () => -1, wide))])).toHaveLength(1);
  });

  test("work / time", () => {
    const speed = values.map((value) => Number((256_000 / value).toFixed(2)));
    const [finding] = derivedMetrics([measurement(values, { metric: "ms" }), measurement(speed, { metric: "mbps" })]);
    expect(finding?.summary).toBe("startup mbps is 256000 / ms: it was computed, and adds no information");
  });

  test("a coarse clock with one value off its grid", () => {
    const coarse = values.map((value) => Math.round(value / 10) * 10);
    const [finding] = quantised([measurement(every(50, (value) => value + 3.7, coarse))]);
    expect(finding?.numbers).toMatchObject({ step: 10, written: 0.1 });
    expect(finding?.evidence).toContain("1 off the grid");
  });
});

describe("not found, and why", () => {
  test("MB mixed with MiB, a factor of 1.048576: less than the scatter of most metrics", () => {
    const mixed = measurement(
      every(3, (value) => Number((value * 1.048576).toFixed(2))),
      { unit: "MB" },
    );
    expect(lostUnits([mixed], null)).toEqual([]);
  });

  test("a single −1 among whole numbers that scatter widely above 0", () => {
    const counts = scattered(2, 50, 2, 1).map((z) => Math.ceil(Math.exp(z)));
    expect(codedMissing([measurement(every(50, () => -1, counts))])).toEqual([]);
  });

  test("a floor that two values reach, or steps as coarse as the scatter", () => {
    const sorted = [...values].sort((a, b) => a - b);
    expect(clampedAtLimit([measurement(values.map((value) => Math.max(sorted[1] as number, value)))])).toEqual([]);
    expect(clampedAtLimit([measurement(values.map((value) => Math.max(280, Math.round(value / 10) * 10)))])).toEqual([]);
  });

  test("as many values at the end as at the steps beside it, of a clock whose steps are no decimal ones", () => {
    const ticks = [95, 95, 95, 95, 96, 96, 96, 97, 97, 97, 97, 98, 98, 98, 99, 99, 99, 100, 101, 101, 104, 110, 117];
    const ofTicks = (of: readonly number[]) =>
      clampedAtLimit([measurement(of.map((tick) => Math.round((tick * 1e3) / 24) / 1e3))]);
    expect(ofTicks(ticks)).toEqual([]);
    // Cut off at 95 by a tool that prints no less.
    const floor = Array.from({ length: 20 }, () => 95);
    expect(ofTicks([...floor, ...ticks])).toHaveLength(1);
  });
});

test("clean values have none of it: negative differences, counts, shares up to 100 %", () => {
  const differences = scattered(3, 50, 2, 5).map(Math.round);
  const counts = scattered(4, 50, 3, 2).map((value) => Math.max(1, Math.round(value)));
  const share = measurement(
    scattered(5, 50, 100, 5).map((value) => Math.min(100, value)),
    { unit: "% of periods" },
  );
  const clean = [measurement(differences), measurement(counts, { metric: "count" }), { ...share, metric: "share" }];
  for (const detector of [codedMissing, clampedAtLimit, clampedAtZero]) expect(detector(clean)).toEqual([]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measurement, scattered } from "../../testing/measurement.ts";
import { clampedAtZero } from "./clamped-at-zero.ts";

const differences = scattered(1, 50, 100, 150);
const clamped = differences.map((value) => Math.max(0, value));
const negative = differences.filter((value) => value < 0).length;

describe("differences set to 0 where they were negative", () => {
  test("are found, with how many and in which rows", () => {
    const [finding, ...more] = clampedAtZero([measurement(clamped)]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ detector: "clamped-at-zero", severity: "defect", numbers: { zeros: negative, n: 50 } });
    expect(finding?.rows).toEqual(clamped.flatMap((value, index) => (value === 0 ? [index + 1] : [])).slice(0, 5));
  });

  test("are one finding for all conditions, of which the others are not named", () => {
    const clean = measurement(scattered(2), { factors: { image: "clean" } });
    const findings = clampedAtZero([measurement(clamped), clean, measurement(clamped, { factors: { image: "large" } })]);
    expect(findings.map(({ condition }) => condition)).toEqual(["small, large"]);
  });

  test("are found in any unit, and wherever they stand", () => {
    const found = clampedAtZero([measurement(clamped)])[0]?.numbers;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 49 }), (unit, turn) => {
        const turned = [...clamped.slice(turn), ...clamped.slice(0, turn)].map((value) => value * unit);
        expect(clampedAtZero([measurement(turned)])[0]?.numbers).toMatchObject({ zeros: found?.zeros, n: 50 });
      }),
    );
  });

  test("one 0 among 49 values far from it is enough", () => {
    expect(clampedAtZero([measurement([0, ...scattered(3, 49)])])[0]?.numbers.zeros).toBe(1);
  });
});

describe("0 is a value like others", () => {
  const cases: Record<string, readonly number[]> = {
    "among differences that were kept": differences.map((value, index) => (index === 7 ? 0 : value)),
    "among counts": scattered(4).map((value) => Math.max(0, Math.round((value - 300) / 15))),
    "to a clock of whole seconds": scattered(5, 50, 1, 0.5).map((value) => Math.abs(Math.round(value))),
    "to a clock of 10 ms, written with two decimals": scattered(6, 50, 12, 8).map((value) =>
      Math.abs(Math.round(value / 10) * 10),
    ),
    "for values that spread over decades and were rounded": scattered(7, 50, -1, 1.2).map((value) =>
      Number((10 ** value).toFixed(2)),
    ),
    "where nothing else was measured": [0, 0, 0, 0, 0, 0],
    "where there is none": scattered(8),
    "of no values": [],
  };
  test.each(Object.entries(cases))("%s", (_, values) => {
    expect(clampedAtZero([measurement(values)])).toEqual([]);
  });
});

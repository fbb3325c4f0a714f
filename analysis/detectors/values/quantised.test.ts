import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measurement, scattered } from "../../testing/measurement.ts";
import { quantised } from "./quantised.ts";

const onGrid = (values: readonly number[], step: number, offset = 0): number[] =>
  values.map((value) => Number((Math.round(value / step) * step + offset).toFixed(2)));

describe("a clock coarser than what is written", () => {
  test.each([10, 25, 50])("steps of %d ms, seen by an offset of a fraction", (step) => {
    const [finding, ...more] = quantised([measurement(onGrid(scattered(1), step, 0.37))]);
    expect(more).toEqual([]);
    expect(finding?.numbers).toMatchObject({ step, written: 0.01 });
    expect(finding?.summary).toContain(`in steps of ${step} ms, but written to 0.01`);
  });

  test("whole seconds, written in ms", () => {
    const [finding] = quantised([measurement(onGrid(scattered(2, 50, 5000, 1500), 1000))]);
    expect(finding?.numbers).toMatchObject({ step: 1000, written: 1 });
  });

  test("is one finding for all conditions with that step", () => {
    const conditions = ["a", "b", "c"].map((image, seed) =>
      measurement(seed === 2 ? scattered(seed) : onGrid(scattered(seed), 10, 0.5), { factors: { image } }),
    );
    expect(quantised(conditions).map(({ condition }) => condition)).toEqual(["a, b"]);
  });

  test("its step grows with the unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (unit) => {
        const values = onGrid(scattered(3), 10, 0.25).map((value) => value * unit);
        expect(quantised([measurement(values)])[0]?.numbers.step).toBeCloseTo(10 * unit, 6);
      }),
    );
  });
});

describe("no coarse clock", () => {
  const cases: Record<string, readonly number[]> = {
    "two decimals": scattered(4),
    "no decimals": scattered(5).map(Math.round),
    "no decimals, and values that differ by little": scattered(6, 50, 8, 1).map(Math.round),
    "one decimal, and hardly any spread": scattered(7, 50, 1.1, 0.04).map((value) => Number(value.toFixed(1))),
    "steps a thousand times finer than the spread": scattered(8).map((value) =>
      Number((Math.round(value / 0.02) * 0.02).toFixed(2)),
    ),
    "numbers that are no decimals": scattered(9).map((value) => value / 7),
    "three values that happen to have a divisor": [300.1, 300.3, 300.5, 300.1, 300.3, 300.5, 300.1],
    "one value, always": Array.from({ length: 50 }, () => 10),
    "no values": [],
  };
  test.each(Object.entries(cases))("%s", (_, values) => {
    expect(quantised([measurement(values)])).toEqual([]);
  });
});

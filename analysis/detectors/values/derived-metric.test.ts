import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measurement, scattered } from "../../testing/measurement.ts";
import { derivedMetrics } from "./derived-metric.ts";

const total = scattered(1);
const both = (other: readonly number[], rows?: readonly number[]) => [
  measurement(total, { metric: "total" }),
  measurement(other, { metric: "other", ...(rows && { rows }) }),
];
const to = (decimals: number, formula: (value: number) => number): number[] =>
  total.map((value) => Number(formula(value).toFixed(decimals)));

describe("a metric that is computed from another", () => {
  test.each([
    ["total / 3", to(2, (value) => value / 3)],
    ["total / 3", to(1, (value) => value / 3)],
    ["total − 250", to(2, (value) => value - 250)],
    ["total + 7.5", to(2, (value) => value + 7.5)],
    ["0.42 × total + 11", to(2, (value) => 0.42 * value + 11)],
    ["1000 × total", to(0, (value) => value * 1000)],
    ["total", total],
  ])("%s", (formula, values) => {
    const [finding, ...more] = derivedMetrics(both(values));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ detector: "derived-metric", metric: "other" });
    expect(finding?.summary).toContain(`other is ${formula}:`);
  });

  test("is the one that is written more coarsely, also when it comes first", () => {
    const third = measurement(
      to(2, (value) => value / 3),
      { metric: "each" },
    );
    const findings = derivedMetrics([third, measurement(total, { metric: "total" })]);
    expect(findings.map(({ metric }) => metric)).toEqual(["each"]);
  });

  test("is looked for in the trials that have both, by row", () => {
    const rows = total.map((_, index) => index + 1).filter((row) => row % 5 !== 0);
    const thirds = rows.map((row) => Number(((total[row - 1] as number) / 3).toFixed(2)));
    expect(derivedMetrics(both(thirds, rows))[0]?.summary).toContain("total / 3");
  });

  test("is one finding for all conditions", () => {
    const conditions = ["a", "b"].flatMap((image) =>
      both(to(2, (value) => value / 2)).map((each) => ({ ...each, factors: { image }, condition: image })),
    );
    expect(derivedMetrics(conditions).map(({ condition }) => condition)).toEqual(["a, b"]);
  });

  test("whatever the slope and the offset", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.double({ min: -500, max: 500, noNaN: true }),
        (slope, offset) => {
          expect(derivedMetrics(both(total.map((value) => slope * value + offset)))).toHaveLength(1);
        },
      ),
    );
  });
});

describe("a metric of its own", () => {
  const noise = scattered(2, 50, 0, 1);
  const cases: Record<string, readonly number[]> = {
    "that has nothing to do with the other": scattered(3),
    "that follows the other with noise": total.map((value, index) => value / 3 + (noise[index] as number)),
    "that is off in one trial": total.map((value, index) => (index === 9 ? value / 3 + 0.1 : value / 3)),
    "that never changes": total.map(() => 8),
    "that is written so coarsely that anything would fit": total
      .map(() => 8)
      .map((value, index) => value + (index === 0 ? 1 : 0)),
  };
  test.each(Object.entries(cases))("%s", (_, values) => {
    expect(derivedMetrics(both(values))).toEqual([]);
  });

  test("of few trials is not judged", () => {
    expect(derivedMetrics([measurement([1, 2, 4], { metric: "x" }), measurement([2, 4, 8], { metric: "y" })])).toEqual([]);
  });
});

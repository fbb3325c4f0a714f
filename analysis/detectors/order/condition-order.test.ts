import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Measurement } from "../../subjects/measurement.ts";
import { inOrder, measurement, scattered } from "../../testing/measurement.ts";
import { conditionOrder } from "./condition-order.ts";

const conditions = (images: readonly string[], n = 50): Measurement[] =>
  images.map((image, seed) => measurement(scattered(seed, n), { factors: { image } }));
const abc = conditions(["a", "b", "c"]);

describe("order of the conditions", () => {
  test("one after the other is confounded with drift", () => {
    const [finding, ...more] = conditionOrder(inOrder(abc, "one after the other"));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ detector: "condition-order", condition: "a, b, c" });
    expect(finding?.numbers.eta_squared).toBeCloseTo(1 - 1 / 9, 3);
    expect(finding?.evidence).toContain("a rows 1–50, b rows 51–100, c rows 101–150");
  });

  test("the same order in every block is reported, with that order", () => {
    const [finding] = conditionOrder(inOrder(abc, "in one order").reverse());
    expect(finding?.summary).toContain("always in the same order");
    expect(finding?.evidence).toBe("a, b, c, in this order in all 50 blocks");
  });

  test("every metric of an experiment has one order, which is reported once", () => {
    const other = abc.map((each) => ({ ...each, metric: "other" }));
    expect(conditionOrder([...inOrder(abc, "one after the other"), ...inOrder(other, "one after the other")])).toHaveLength(1);
  });

  test("taking turns in changing order is recomputed", () => {
    expect(conditionOrder(inOrder(abc, "alternating"))).toEqual([]);
  });

  test("a random order in each block is recomputed", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }), (swapped) => {
        const [a, b] = inOrder(conditions(["a", "b"]), "in one order") as [Measurement, Measurement];
        const rows = (one: Measurement, other: Measurement): number[] =>
          swapped.map((swap, place) => (swap ? other : one).rows[place] as number);
        const random = [
          { ...a, rows: rows(a, b) },
          { ...b, rows: rows(b, a) },
        ];
        expect(conditionOrder(random)).toHaveLength(new Set(swapped).size === 1 ? 1 : 0);
      }),
    );
  });

  test("a trial of many rows is one: of one burst each there is no order", () => {
    const bursts = (blocks: number) =>
      inOrder(conditions(["8", "16"], 16), "one after the other").map((each) => ({
        ...each,
        blocks: each.rows.map((_, index) => 1 + (index % blocks)),
      }));
    expect(conditionOrder(bursts(1))).toEqual([]);
    expect(conditionOrder(bursts(2))).toEqual([]);
    expect(conditionOrder(bursts(8))).toHaveLength(1);
  });

  test("one condition, or very few trials, have no order", () => {
    expect(conditionOrder(conditions(["a"]))).toEqual([]);
    expect(conditionOrder(inOrder(conditions(["a", "b"], 4), "one after the other"))).toEqual([]);
  });
});

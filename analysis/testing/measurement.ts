/** Measurements for tests; what a test does not name has a plain value. */
import type { Measurement } from "../subjects/measurement.ts";
import { normalDraws } from "./normal-draws.ts";

export function measurement(values: readonly number[], fields: Partial<Measurement> = {}): Measurement {
  const factors = fields.factors ?? { image: "small" };
  const places = values.map((_, index) => index + 1);
  return {
    ...{ experiment: "startup", factors, condition: Object.values(factors).join(" ") },
    ...{ metric: "total_ms", unit: "ms", better: "lower", values, blocks: places, rows: places },
    ...fields,
  };
}

/** `n` independent draws around the middle, written with two decimals. */
export function scattered(seed: number, n = 50, middle = 300, sd = 30): number[] {
  const draw = normalDraws(seed);
  return Array.from({ length: n }, () => Number((middle + sd * draw()).toFixed(2)));
}

export type Order = "alternating" | "in one order" | "one after the other";

/** Conditions of one experiment, with rows as if they had been measured in that order; values as given. */
export function inOrder(conditions: readonly Measurement[], order: Order): Measurement[] {
  const k = conditions.length;
  let before = 0;
  return conditions.map((condition, index) => {
    const first = before;
    before += condition.values.length;
    const row = (place: number): number => {
      if (order === "one after the other") return first + place + 1;
      return place * k + ((order === "in one order" ? index : (index + place) % k) + 1);
    };
    return { ...condition, rows: condition.values.map((_, place) => row(place)) };
  });
}

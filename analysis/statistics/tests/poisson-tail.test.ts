import { expect, test } from "vitest";
import { poissonTail } from "./poisson-tail.ts";

test.each([
  // 1 − Σ e⁻ᵐ mᵏ / k! over k below the count, by hand
  [1, 0.5, 1 - Math.exp(-0.5)],
  [2, 1, 1 - 2 * Math.exp(-1)],
  [3, 2, 1 - 5 * Math.exp(-2)],
  [1, 1e-12, 1e-12],
])("P(N ≥ %d), mean %d", (count, mean, p) => {
  expect(poissonTail(count, mean) / p).toBeCloseTo(1, 9);
});

test("none or more is certain, and nothing comes of a mean of 0", () => {
  expect([poissonTail(0, 3), poissonTail(0, 0), poissonTail(1, 0)]).toEqual([1, 1, 0]);
});

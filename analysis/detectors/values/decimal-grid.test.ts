import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalGrid } from "./decimal-grid.ts";

test.each([
  [[20.25, 30.25, 60.25], 10, 0.01],
  [[0.1, 0.2, 0.30000000000000004], 0.1, 0.1],
  [[1000, 3000, 2000], 1000, 1],
  [[-4, 2, 8], 6, 1],
  [[1.5, 2.25], 0.75, 0.01],
])("%j lie on a grid of %d, written to %d", (values, step, written) => {
  const grid = decimalGrid(values);
  expect(grid?.step).toBeCloseTo(step, 9);
  expect(grid?.written).toBeCloseTo(written, 9);
});

test("equal values, thirds and nothing lie on none", () => {
  expect([decimalGrid([5, 5]), decimalGrid([1 / 3, 2 / 3, 1 / 7]), decimalGrid([])]).toEqual([null, null, null]);
});

test("multiples of a step, written exactly, lie on that step or a multiple of it", () => {
  const multiples = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 2 });
  fc.assert(
    fc.property(multiples, fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 3 }), (factors, hundredths, shift) => {
      const step = hundredths / 100;
      const grid = decimalGrid(factors.map((factor) => Number((factor * step + shift).toFixed(2))));
      const ratio = grid === null ? Number.NaN : grid.step / step;
      if (new Set(factors).size === 1) expect(grid).toBeNull();
      else expect(Math.abs(ratio - Math.round(ratio))).toBeLessThan(1e-6);
    }),
    { seed: 1 },
  );
});

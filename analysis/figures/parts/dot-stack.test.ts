import { expect, test } from "vitest";
import { axisScale } from "./axis-scale.ts";
import { MOST_DOTS, stackDots } from "./dot-stack.ts";

test("every value is a dot at its place, and equal ones stand above one another within the height", () => {
  const values = [5, 1, 3, 3, 3, 9];
  const dots = stackDots(values, axisScale(values), 14);
  expect(dots.map(({ value }) => value)).toEqual([1, 3, 3, 3, 5, 9]);
  expect(dots.filter(({ value }) => value === 3).map(({ offset_px }) => offset_px)).toEqual([-2.6, 0, 2.6]);
  expect(dots.filter(({ value }) => value !== 3).every(({ offset_px }) => offset_px === 0)).toBe(true);
});

test("a tall stack is pressed together instead of leaving the strip", () => {
  const values = [...new Array<number>(100).fill(3), 4];
  const offsets = stackDots(values, axisScale(values), 14).map(({ offset_px }) => offset_px);
  expect(Math.max(...offsets)).toBeLessThanOrEqual(7);
  expect(Math.min(...offsets)).toBeGreaterThanOrEqual(-7);
});

test("of very many values quantiles stand for them", () => {
  const values = Array.from({ length: 10_000 }, (_, index) => index);
  const dots = stackDots(values, axisScale(values), 14);
  expect(dots).toHaveLength(MOST_DOTS);
  expect(dots[0]?.value).toBeCloseTo(9999 / 400, 9);
  expect(dots.at(-1)?.value).toBeCloseTo(9999 * (1 - 1 / 400), 9);
});

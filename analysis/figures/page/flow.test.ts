import { expect, test } from "vitest";
import { flow, type Strip } from "./flow.ts";

const strip = (name: string): Strip => ({
  ...{ scale: name, rows: 1, row_px: 260, head_px: 20, axis_px: 20 },
  draw: () => ({ title: name, mark: "point", encoding: {} }),
});
const shapeOf = (count: number, oneColumn_px = 350) =>
  flow(
    Array.from({ length: count }, (_, index) => strip(String(index))),
    oneColumn_px,
    380,
  ).map(({ columns, isNarrow }) => [...columns.map(({ length }) => length), isNarrow]);

test("a last page of one column is no wider than that, and no higher than there is room for", () => {
  expect(shapeOf(1)).toEqual([[1, true]]);
  expect(shapeOf(2)).toEqual([[1, 1, false]]);
  expect(shapeOf(3)).toEqual([
    [1, 1, false],
    [1, true],
  ]);
  // Its title would take more lines than are left.
  expect(shapeOf(3, 310)).toEqual([
    [1, 1, false],
    [1, false],
  ]);
});

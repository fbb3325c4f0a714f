import { expect, test } from "vitest";
import { type Panel, withoutEmptyLayers } from "./spec.ts";

const unit = (rows: number) => ({ data: { values: Array.from({ length: rows }, (_, x) => ({ x })) }, mark: "point" as const });

test("a layer without a row is left out, however deep it is; one is always left", () => {
  const panel = { hconcat: [{ vconcat: [{ layer: [unit(0), unit(2), unit(0)] }, { layer: [unit(0), unit(0)] }] }, unit(0)] };
  expect(withoutEmptyLayers(panel as Panel)).toEqual({
    hconcat: [{ vconcat: [{ layer: [unit(2)] }, { layer: [unit(0)] }] }, unit(0)],
  });
});

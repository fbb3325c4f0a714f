import { expect, test, vi } from "vitest";
import { compilePage } from "../../edges/drawing/compile-page.ts";
import { renderSvg } from "../../edges/drawing/render.ts";
import { placedTexts } from "../../testing/svg-texts.ts";
import { type AxisScale, scaleOf, ticks } from "./axis-scale.ts";
import type { Panel } from "./spec.ts";
import { THEME } from "./theme.ts";

vi.setConfig({ testTimeout: 60_000 });

/** A vertical axis of so many pixels in a panel of two layers, one of which says nothing of it: as in figures of more and more. */
async function labelsOf(scale: AxisScale, height: number, most: number): Promise<string[]> {
  const y = { field: "value", type: "quantitative" as const, scale: scaleOf(scale) };
  const panel: Panel = {
    width: 100,
    height,
    data: { values: [{ value: scale.domain[0] }] },
    layer: [
      { mark: "point", encoding: { y: { ...y, axis: { title: null, ...ticks(scale, most) } } } },
      { mark: "tick", encoding: { y } },
    ],
  };
  const spec = { config: THEME, vconcat: [panel] };
  const svg = await renderSvg(
    compilePage({ spec, width_px: 150 }, () => {}),
    () => {},
  );
  return placedTexts(svg)
    .toSorted((a, b) => b.bottom - a.bottom)
    .map(({ text }) => text);
}

test.each([
  ["halves", { type: "linear", domain: [4.06, 7.19] }, 98, 6, ["4.5", "5", "5.5", "6", "6.5", "7"]],
  ["two of them", { type: "linear", domain: [1.4, 2.1] }, 46, 2, ["1.5", "2"]],
  ["few of many", { type: "linear", domain: [153, 2515] }, 98, 6, ["500", "1000", "1500", "2000", "2500"]],
  ["on a logarithmic scale", { type: "log", domain: [0.015, 0.6] }, 98, 6, ["0.02", "0.05", "0.1", "0.2", "0.5"]],
] as const)("labels are the numbers at which they stand, and none is dropped: %s", async (_what, scale, height, most, labels) => {
  expect(await labelsOf(scale, height, most)).toEqual(labels);
});

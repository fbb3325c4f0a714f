import { expect, test } from "vitest";
import { captionOf, type DrawnPanel, drawn, panelsOf, rowsWith } from "../../testing/drawn.ts";
import { bareSubject, exampleSubjects } from "../../testing/subjects.ts";
import { textWidthPx } from "../parts/fit-text.ts";
import { PLOT_WIDTH_PX } from "../parts/theme.ts";
import { startDistribution } from "./start-distribution.ts";

const domainOf = (panel: DrawnPanel | undefined): readonly [number, number] =>
  (panel as unknown as { layer: readonly [{ encoding: { x: { scale: { domain: [number, number] } } } }] }).layer[0].encoding.x
    .scale.domain;

test("every start is a step, from 0 % to 100 %, a line a platform, warm before cold", () => {
  const drawing = drawn(startDistribution, exampleSubjects(["here", "there"]));
  const [legend, warm] = panelsOf(drawing);
  expect(rowsWith(legend, "label").map(({ label }) => label)).toEqual(["here", "there"]);
  expect(
    panelsOf(drawing)
      .slice(1)
      .map(({ title }) => title?.text.replace(" !", "")),
  ).toEqual(["small warm", "small cold", "medium warm", "medium cold"]);
  const steps = rowsWith(warm, "share_pct").filter(({ name }) => name === "here");
  expect(steps.map(({ value }) => value)).toEqual([97, 97, 98, 100, 101, 102, 105, 120]);
  expect(steps.map(({ share_pct }) => Math.round(share_pct as number))).toEqual([0, 14, 29, 43, 57, 71, 86, 100]);
  expect(rowsWith(warm, "ci_lo")[0]).toMatchObject({ name: "here", median: 101, ci_lo: 97, ci_hi: 120 });
});

test("no line crosses the labels of the shares, and the caption explains no arrow that is not there", () => {
  const drawing = drawn(startDistribution, exampleSubjects());
  const [, ...panels] = panelsOf(drawing);
  const values = panels.flatMap((panel) => rowsWith(panel, "share_pct").map(({ value }) => value as number));
  const [from, to] = domainOf(panels[0]);
  const label_px = ((to - Math.max(...values)) / (to - from)) * PLOT_WIDTH_PX;
  expect(label_px).toBeGreaterThan(textWidthPx("100 %"));
  expect(captionOf(drawing)).not.toContain("▸");
});

test("no start at all is no figure", () => {
  expect(startDistribution([])).toHaveProperty("absent");
});

test("an interval that reaches beyond the scale is named in the heading with the starts that do", () => {
  const starts = (values: readonly number[]) => ({
    ...{ experiment: "startup" as const, metric: "total_ms", unit: "ms", better: "lower" as const, values },
    ...{ condition: "small warm", factors: { image: "small", mode: "warm" } },
    ...{ blocks: values.map((_, index) => index + 1), rows: values.map((_, index) => index + 1) },
  });
  const near = Array.from({ length: 60 }, (_, index) => 100.5 + (index % 10));
  // Of seven starts the interval reaches from the least to the greatest.
  const few = [101.5, 102.5, 100.5, 103.5, 104.5, 105.5, 5000.5];
  const drawing = drawn(startDistribution, [bareSubject("near", [starts(near)]), bareSubject("far", [starts(few)])]);
  expect(panelsOf(drawing)[1]?.title?.text).toMatch(/\(5001 ▸; interval: 5001 ▸\)$/);
});

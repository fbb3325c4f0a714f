/** The two pictures that belong together: every start in the order of collection, to be brushed, and the chosen ones' phases. */
import type { Tier } from "../../research/phases.ts";
import { axisScale, scaleOf, ticks } from "../figures/parts/axis-scale.ts";
import type { TopLevelSpec } from "../figures/parts/spec.ts";
import { DOT, THEME } from "../figures/parts/theme.ts";
import { tierColours } from "../figures/parts/tier-colours.ts";
import type { Trial } from "./trials.ts";

/** Until the page makes it as wide as there is room, leaving `aside_px` for what is beside the plot. */
const WIDTH_PX = 900;
/** Not scaled like the other figures, which are laid out for a paper's column, so larger from the start. */
const FONT_PX = 13;
const CONFIG = {
  ...THEME,
  axis: { ...THEME.axis, labelFontSize: FONT_PX, titleFontSize: FONT_PX },
  legend: { ...THEME.legend, labelFontSize: FONT_PX },
};
/** A cold start takes several times as long as a warm one. */
const LOG_FROM_RATIO = 3;
const MOST_LABELS = 6;
/** Of `row 123: medium warm`. */
const LABEL_PX = 150;

/** Time against row; the signal `brush` holds the chosen rows. */
export function trialOrderSpec(trials: readonly Trial[]): TopLevelSpec {
  const scale = axisScale(
    trials.map(({ total_ms }) => total_ms),
    LOG_FROM_RATIO,
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: CONFIG,
    width: WIDTH_PX,
    height: 200,
    data: { values: trials.map(({ row, condition, total_ms }) => ({ row, condition, total_ms })) },
    params: [
      { name: "aside_px", value: 70 },
      { name: "brush", select: { type: "interval", encodings: ["x"], clear: false, zoom: false } },
    ],
    mark: { ...DOT, type: "point", filled: true, size: 24, tooltip: { content: "data" } },
    encoding: {
      x: {
        field: "row",
        type: "quantitative",
        scale: { zero: false, nice: false, padding: 4 },
        axis: { title: "row of the file, so the order of execution", tickMinStep: 1, tickCount: { expr: "width / 80" } },
      },
      y: {
        field: "total_ms",
        type: "quantitative",
        scale: scaleOf(scale),
        axis: { title: scale.type === "log" ? "time (ms), logarithmic" : "time (ms)", grid: true, ...ticks(scale, MOST_LABELS) },
      },
      shape: {
        field: "condition",
        type: "nominal",
        scale: { domain: [...new Set(trials.map(({ condition }) => condition))] },
        legend: { orient: "top", direction: "horizontal", columns: 2, title: null },
      },
    },
  };
}

/** A bar a trial, from data named `trials` that the page puts in. @param tiers those that may occur */
export const trialPhasesSpec = (tiers: Iterable<Tier | null>): TopLevelSpec => ({
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  config: CONFIG,
  width: WIDTH_PX,
  height: { step: 18 },
  params: [{ name: "aside_px", value: LABEL_PX + 30 }],
  data: { name: "trials", values: [] },
  mark: { type: "bar", tooltip: { content: "data" } },
  encoding: {
    y: {
      field: "trial",
      type: "nominal",
      sort: null,
      axis: { title: null, labelFlush: false, labelLimit: LABEL_PX, labelExpr: "datum.value" },
    },
    x: {
      field: "begin_ms",
      type: "quantitative",
      axis: { title: "time since the request (ms)", grid: true, tickCount: { expr: "width / 80" }, labelFlush: false },
    },
    x2: { field: "end_ms" },
    color: coloursOf(tiers),
  },
});

/** Four tiers beside one another are wider than a telephone. */
function coloursOf(tiers: Iterable<Tier | null>) {
  const colours = tierColours(tiers);
  return { ...colours, legend: { ...colours.legend, columns: 2 } };
}

/** The two pictures that belong together: every start in the order of collection, to be brushed, and the chosen ones' phases. */
import type { TopLevelSpec } from "../figures/spec.ts";
import { DOT, THEME } from "../figures/theme.ts";
import { tierColours } from "../figures/tier-colours.ts";
import type { Trial } from "./trials.ts";

const WIDTH_PX = 560;

// `aside_px`: what is beside the plot, for the page to leave room for.

/** Time against row; the signal `brush` holds the chosen rows. */
export const trialOrderSpec = (trials: readonly Trial[]): TopLevelSpec => ({
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  config: THEME,
  width: WIDTH_PX,
  height: 150,
  data: { values: trials.map(({ row, condition, total_ms }) => ({ row, condition, total_ms })) },
  params: [
    { name: "aside_px", value: 50 },
    { name: "brush", select: { type: "interval", encodings: ["x"] } },
  ],
  mark: { ...DOT, type: "point", filled: true, size: 14, tooltip: { content: "data" } },
  encoding: {
    x: {
      field: "row",
      type: "quantitative",
      scale: { zero: false, nice: false, padding: 4 },
      axis: { title: "row of the file, so the order of execution", tickMinStep: 1 },
    },
    y: {
      field: "total_ms",
      type: "quantitative",
      scale: { type: "log", nice: true },
      axis: { title: "time (ms), logarithmic", grid: true, tickCount: 4 },
    },
    shape: {
      field: "condition",
      type: "nominal",
      scale: { domain: [...new Set(trials.map(({ condition }) => condition))] },
      legend: { orient: "top", direction: "horizontal", columns: 3, title: null },
    },
  },
});

/** A bar a trial, from data named `trials` that the page puts in. */
export const trialPhasesSpec = (): TopLevelSpec => ({
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  config: THEME,
  width: WIDTH_PX - 120,
  height: { step: 13 },
  params: [{ name: "aside_px", value: 130 }],
  data: { name: "trials", values: [] },
  mark: { type: "bar", tooltip: { content: "data" } },
  encoding: {
    y: { field: "trial", type: "nominal", sort: null, axis: { title: null, minExtent: 110, labelLimit: 106 } },
    x: { field: "begin_ms", type: "quantitative", axis: { title: "time since the request (ms)", grid: true } },
    x2: { field: "end_ms" },
    color: tierColours([null]),
  },
});

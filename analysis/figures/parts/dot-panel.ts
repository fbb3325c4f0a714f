/** One panel of dots: for each sample a line of text with its median and, below it, every trial. */
import { describeSamples } from "../../samples/describe.ts";
import { interval, ms } from "../../samples/numbers.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { type AxisScale, scaleOf, ticks } from "./axis-scale.ts";
import { stackDots } from "./dot-stack.ts";
import { textWidthPx } from "./fit-text.ts";
import { shortNames } from "./short-names.ts";
import type { Panel } from "./spec.ts";
import { DOT, FONT_PX, INK, PLOT_WIDTH_PX } from "./theme.ts";

const ROW_PX = 32;
const TEXT_ABOVE_MIDDLE_PX = 10;
const DOTS_BELOW_MIDDLE_PX = 2;
const DOTS_PX = 12;
/** The interval stands below the dots: on them it would hide the few that there are. */
const INTERVAL_BELOW_MIDDLE_PX = 11.5;
const INTERVAL_PX = 6;
/** A dashed line; its symbol reaches half as far, upwards and downwards, as the root of its size. */
const TARGET = {
  ...({ type: "point", shape: "M0,-0.5V0.5", size: 4 * DOTS_PX ** 2, color: INK, strokeWidth: 1 } as const),
  strokeDash: [2, 1.5],
};

export interface Sample {
  readonly name: string;
  /** Not empty. */
  readonly values: readonly number[];
  readonly unit: string;
  /** Where every value should be, if anywhere. */
  readonly target: number | null;
}

export interface DotPanel {
  /** As wide as the panel at most. */
  readonly title: string;
  readonly samples: readonly Sample[];
  readonly scale: AxisScale;
  /** Below the last of several panels that share a scale. */
  readonly axisTitle: string | null;
}

export function dotPanel({ title, samples, scale, axisTitle }: DotPanel): Panel {
  const medians = medianRows(samples);
  const x = {
    type: "quantitative" as const,
    scale: scaleOf(scale),
  };
  const shown = { title: axisTitle };
  const axis = axisTitle === null ? { labels: false, ticks: false, domain: false, title: null } : shown;
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, yOffset: -TEXT_ABOVE_MIDDLE_PX };
  const belowDots = { yOffset: INTERVAL_BELOW_MIDDLE_PX, color: INK };
  return {
    title: { text: title, fontSize: FONT_PX.text, offset: 1 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    encoding: { y: { field: "name", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        data: {
          values: samples.flatMap(({ name, values }) => stackDots(values, scale, DOTS_PX).map((dot) => ({ name, ...dot }))),
        },
        mark: DOT,
        encoding: {
          x: { ...x, field: "value", axis: { ...axis, ...ticks(scale), grid: true } },
          yOffset: {
            field: "offset_px",
            type: "quantitative",
            scale: { domain: [-ROW_PX / 2, ROW_PX / 2], range: [DOTS_BELOW_MIDDLE_PX, ROW_PX + DOTS_BELOW_MIDDLE_PX] },
          },
        },
      },
      {
        data: { values: samples.flatMap(({ name, target }) => (target === null ? [] : [{ name, target }])) },
        mark: { ...TARGET, yOffset: DOTS_BELOW_MIDDLE_PX },
        encoding: { x: { ...x, field: "target" } },
      },
      {
        data: { values: medians.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { ...belowDots, type: "rule", strokeWidth: 1.5 },
        encoding: { x: { ...x, field: "ci_lo" }, x2: { field: "ci_hi" } },
      },
      {
        data: { values: medians },
        mark: { ...belowDots, type: "tick", thickness: 1.5, height: INTERVAL_PX },
        encoding: { x: { ...x, field: "median" } },
      },
      {
        data: { values: medians },
        mark: { ...text, align: "left", color: INK },
        encoding: { x: { value: 0 }, text: { field: "label" } },
      },
      {
        data: { values: medians },
        mark: { ...text, align: "right", color: INK },
        encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "number" } },
      },
    ],
  };
}

/** The names are shortened together, for the row with the least room. */
function medianRows(samples: readonly Sample[]) {
  const rows = samples.map(medianRow);
  const room = Math.min(...rows.map(({ number, count }) => PLOT_WIDTH_PX - textWidthPx(number) - textWidthPx(count) - 10));
  const names = shortNames(
    rows.map(({ name }) => name),
    room,
  );
  return rows.map(({ number, count, ...row }) => ({ ...row, label: `${names(row.name)}${count}`, number }));
}

function medianRow({ name, values, unit }: Sample) {
  const { n, median, median_ci } = describeSamples(sortedSamples(values));
  const number = `${ms(median)}\u00a0${unit}${median_ci === null ? "" : ` (${interval(median_ci)})`}`;
  return {
    name,
    n,
    median,
    ci_lo: median_ci?.[0] ?? null,
    ci_hi: median_ci?.[1] ?? null,
    number,
    count: ` (n = ${n})`,
  };
}

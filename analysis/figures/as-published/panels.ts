/** Bars and boxes as the study draws them: what they show is the study's, how they look is ours. */
import { quantile } from "../../statistics/one-sample/quantile.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { textWidthPx } from "../parts/fit-text.ts";
import type { Panel } from "../parts/spec.ts";
import { FONT_PX, GREY, INK, PLOT_WIDTH_PX } from "../parts/theme.ts";

export interface Bar {
  readonly platform: string;
  readonly value: number;
  /** Of the whiskers, on either side; `null` where the study draws none. */
  readonly half: number | null;
  /** At the bar's end. */
  readonly label: string;
  readonly colour: string;
}

export const ROW_PX = 16;
const LABEL_GAP_PX = 6;

const axisX = (title: string | null, domain: readonly [number, number]) => ({
  field: "value",
  type: "quantitative" as const,
  scale: { domain: [...domain], nice: false },
  axis: title === null ? null : { title, grid: true },
});

/** Names, which the theme would take for numbers. */
const platformAxis = (widest: number) => ({
  field: "platform",
  type: "nominal" as const,
  sort: null,
  axis: { title: null, ticks: false, domain: false, labelLimit: widest + 4, labelExpr: "datum.value", labelFlush: false },
});

/** @param domain of the scale, shared by the panels of a figure; @param axis its title, of the last panel alone */
export function barPanel(title: string, bars: readonly Bar[], domain: readonly [number, number], axis: string | null): Panel {
  const widest = Math.max(...bars.map(({ platform }) => textWidthPx(platform)));
  const y = platformAxis(widest);
  const values = bars.map((bar) => ({ ...bar, low: bar.value - (bar.half ?? 0), high: bar.value + (bar.half ?? 0) }));
  return {
    width: PLOT_WIDTH_PX - widest - 10,
    height: ROW_PX * bars.length,
    title: { text: title, fontSize: FONT_PX.text, anchor: "start", offset: 2 },
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: ROW_PX - 5 },
        encoding: { y, x: axisX(axis, domain), color: { field: "colour", type: "nominal", scale: null } },
      },
      {
        transform: [{ filter: "datum.half !== null" }],
        mark: { type: "rule", color: INK },
        encoding: { y, x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
      {
        mark: { type: "text", align: "left", dx: LABEL_GAP_PX, fontSize: FONT_PX.text, color: INK },
        encoding: { y, x: { field: "high", type: "quantitative" }, text: { field: "label" } },
      },
    ],
  };
}

/** A scale with room for the labels at the bars' ends. */
export function barDomain(bars: readonly Bar[]): [number, number] {
  const width = PLOT_WIDTH_PX - Math.max(...bars.map(({ platform }) => textWidthPx(platform))) - 10;
  // Whiskers of the study's reach below 0.
  const begin = Math.min(0, ...bars.map(({ value, half }) => value - (half ?? 0)));
  const ends = bars.map(({ value, half, label }) => {
    const room = textWidthPx(label) + LABEL_GAP_PX + 4;
    return begin + ((value + (half ?? 0) - begin) * width) / Math.max(1, width - room);
  });
  return [begin, Math.max(...ends)];
}

export interface Box {
  readonly platform: string;
  readonly values: readonly number[];
}

/** Reach of the whiskers in widths of the box, as matplotlib draws them. */
const REACH = 1.5;

/** @param target a line to compare with; `null` for none */
export function boxPanel(
  title: string,
  boxes: readonly Box[],
  domain: readonly [number, number],
  axis: string | null,
  target: number | null,
): Panel {
  const drawn = boxes.map(({ platform, values }) => ({ platform, ...boxOf(values) }));
  const widest = Math.max(...boxes.map(({ platform }) => textWidthPx(platform)));
  const y = platformAxis(widest);
  const end = (field: string) => ({ field, type: "quantitative" as const });
  return {
    width: PLOT_WIDTH_PX - widest - 10,
    height: ROW_PX * boxes.length,
    title: { text: title, fontSize: FONT_PX.text, anchor: "start", offset: 2 },
    layer: [
      {
        data: { values: drawn },
        mark: { type: "rule", color: INK },
        encoding: { y, x: { ...axisX(axis, domain), field: "low" }, x2: { field: "high" } },
      },
      {
        data: { values: drawn },
        mark: { type: "bar", height: ROW_PX - 6, color: "#b9c6d6", stroke: INK, strokeWidth: 0.7 },
        encoding: { y, x: end("q1"), x2: { field: "q3" } },
      },
      {
        data: { values: drawn },
        mark: { type: "tick", size: ROW_PX - 6, thickness: 1.6, color: INK },
        encoding: { y, x: end("median") },
      },
      {
        data: { values: drawn.flatMap(({ platform, outside }) => outside.map((value) => ({ platform, value }))) },
        mark: { type: "point", size: 10, color: GREY },
        encoding: { y, x: end("value") },
      },
      ...(target === null
        ? []
        : [
            {
              data: { values: [{ target }] },
              mark: { type: "rule" as const, color: "#c00000", strokeDash: [4, 2] },
              encoding: { x: end("target") },
            },
          ]),
    ],
  };
}

function boxOf(values: readonly number[]) {
  const sample = sortedSamples(values);
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => quantile(sample, p)) as [number, number, number];
  const inside = sample.filter((value) => value >= q1 - REACH * (q3 - q1) && value <= q3 + REACH * (q3 - q1));
  const outside = sample.filter((value) => !inside.includes(value));
  return { q1, median, q3, low: inside[0] ?? q1, high: inside.at(-1) ?? q3, outside };
}

/** One panel of dots: for each sample a line of text with its median and, below it, every trial. */
import type { Drawn } from "../../summaries/described.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { type AxisScale, beyond, scaleOf, ticks } from "./axis-scale.ts";
import { stackDots } from "./dot-stack.ts";
import { textWidthPx } from "./fit-text.ts";
import { intervalOf, numberOf } from "./numbers.ts";
import { shortNames } from "./short-names.ts";
import type { Panel } from "./spec.ts";
import { DOT, FONT_PX, GREY, INK, PLOT_WIDTH_PX, SILENT } from "./theme.ts";

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
  readonly level: Drawn["level"];
  readonly unit: string;
  /** Where every value should be, if anywhere. */
  readonly target: number | null;
  /** Behind its number, see `marks.ts`. */
  readonly marks: string;
  /** Of the median over that of the row above, where that is what the rows are for. */
  readonly step?: string;
}

export interface DotStrip {
  /** As wide as the panel at most. */
  readonly title: string;
  readonly samples: readonly Sample[];
  /** Of what is within it; what lies beyond is named. */
  readonly within: readonly [number, number];
  readonly scale: AxisScale;
  /** Names the scale. */
  readonly axisTitle: string;
  /** Each row is a step on from the one above: a thin line leads from that one's median to its own. */
  readonly steps?: boolean;
}

export function dotStrip(declared: DotStrip): Strip {
  const { title, samples, axisTitle, within } = declared;
  const medians = medianRows(samples, within);
  const steps = declared.steps === true ? stepRows(medians, within) : [];
  return {
    ...{ scale: axisTitle, rows: samples.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX },
    draw: ({ from, to, axis }) => {
      const own = steps.slice(from, to).filter((step) => step !== null);
      return dotPanel(declared, samples.slice(from, to), medians.slice(from, to), own, axis, title);
    },
  };
}

function dotPanel(
  { scale, axisTitle, within: [from, to] }: DotStrip,
  samples: readonly Sample[],
  medians: ReturnType<typeof medianRows>,
  steps: readonly object[],
  last: boolean,
  title: string,
): Panel {
  const x = {
    type: "quantitative" as const,
    scale: scaleOf(scale),
  };
  const axis = last ? { title: axisTitle } : { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, yOffset: -TEXT_ABOVE_MIDDLE_PX };
  const belowDots = { yOffset: INTERVAL_BELOW_MIDDLE_PX, color: INK };
  const atEnds = [
    { below: "below", above: "above", yOffset: DOTS_BELOW_MIDDLE_PX },
    { below: "ci_below", above: "ci_above", yOffset: INTERVAL_BELOW_MIDDLE_PX },
  ] as const;
  const words = { description: { field: "words" } } as const;
  const shown = ({ median }: { readonly median: number }): boolean => median >= from && median <= to;
  return {
    title: { text: title, fontSize: FONT_PX.text, offset: 1 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    encoding: { y: { field: "name", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        data: {
          values: samples.flatMap(({ name, values }) =>
            stackDots(values, scale, DOTS_PX)
              .filter(({ value }) => value >= from && value <= to)
              .map((dot) => ({ name, ...dot })),
          ),
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
      ...(steps.length === 0
        ? []
        : [
            {
              data: { values: [...steps] },
              mark: { ...belowDots, type: "rule" as const, color: GREY, strokeWidth: 0.8, ...SILENT },
              encoding: { x: { ...x, field: "from" }, x2: { field: "to" } },
            },
          ]),
      {
        data: { values: medians.flatMap((row) => strokeOf(row, [from, to])) },
        mark: { ...belowDots, type: "rule", strokeWidth: 1.5, ...SILENT },
        encoding: { x: { ...x, field: "ci_lo" }, x2: { field: "ci_hi" } },
      },
      {
        data: { values: medians.filter(shown) },
        mark: { ...belowDots, type: "tick", thickness: 1.5, height: INTERVAL_PX },
        encoding: { x: { ...x, field: "median" }, ...words },
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
      ...atEnds.flatMap(({ yOffset, ...fields }) =>
        (["below", "above"] as const).flatMap((side) => {
          const field = fields[side];
          const values = medians.filter((row) => row[field] !== undefined && row[field] !== "");
          if (values.length === 0) return [];
          return [
            {
              data: { values },
              mark: { ...text, yOffset, color: INK, align: side === "below" ? ("left" as const) : ("right" as const) },
              encoding: { x: { value: side === "below" ? 0 : PLOT_WIDTH_PX }, text: { field } },
            },
          ];
        }),
      ),
    ],
  };
}

/** As much of an interval as is within the scale. */
function strokeOf(row: ReturnType<typeof medianRows>[number], [from, to]: readonly [number, number]) {
  const { ci_lo, ci_hi } = row;
  if (ci_lo === null || ci_hi === null || ci_lo > to || ci_hi < from) return [];
  return [{ ...row, ci_lo: Math.max(from, ci_lo), ci_hi: Math.min(to, ci_hi) }];
}

/** From the median of the row above to a row's own; none to the first. */
function stepRows(medians: ReturnType<typeof medianRows>, [from, to]: readonly [number, number]) {
  const within = (value: number): number => Math.min(to, Math.max(from, value));
  return medians.map(({ name, median }, index) => {
    const above = medians[index - 1];
    return above === undefined ? null : { name, from: within(above.median), to: within(median) };
  });
}

/** The names are shortened together, for the row with the least room. */
function medianRows(samples: readonly Sample[], within: readonly [number, number]) {
  const rows = samples.map((sample) => medianRow(sample, within));
  const room = Math.min(...rows.map(({ number, count }) => PLOT_WIDTH_PX - textWidthPx(number) - textWidthPx(count) - 10));
  const names = shortNames(
    rows.map(({ name }) => name),
    room,
  );
  return rows.map(({ count, ...row }) => ({ ...row, label: `${names(row.name)}${count}` }));
}

function medianRow(
  { name, values, level: { value: median, ends: median_ci }, unit, marks, step = "" }: Sample,
  within: readonly [number, number],
) {
  const n = values.length;
  const [text, ends] = [numberOf(values), intervalOf(values)];
  const of = `${text(median)}\u00a0${unit}${median_ci === null ? "" : ` (${ends(median_ci)})`}`;
  const { below, above } = beyond(values, within, text);
  const stroke = beyond(median_ci ?? [], within, text);
  return {
    name,
    n,
    median,
    ci_lo: median_ci?.[0] ?? null,
    ci_hi: median_ci?.[1] ?? null,
    number: `${of}${step}${marks}`,
    count: ` (n = ${n})`,
    ...{ below, above },
    ...(stroke.below === "" ? {} : { ci_below: stroke.below }),
    ...(stroke.above === "" ? {} : { ci_above: stroke.above }),
    words: `${name}: median ${text(median)} ${unit}${median_ci === null ? "" : `, 95 % CI ${ends(median_ci)}`}, ${n} trials`,
  };
}

/** 12: the starts in the order in which they were made: warm-ups, and where the level changed. */

import { left, right } from "../../format/document/document.ts";
import { describeSamples } from "../../samples/describe.ts";
import { grouped } from "../../samples/grouped.ts";
import { count, ms, pValue } from "../../samples/numbers.ts";
import { type TimeOrder, timeOrder } from "../../samples/time-order.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Warmups } from "../../subjects/condition.ts";
import { conditionKey } from "../../subjects/key.ts";
import type { Subject } from "../../subjects/subject.ts";
import { HEAD_PX, type Strip } from "../page/flow.ts";
import { absentFor } from "../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { type AxisScale, axisScale, central, scaleOf, ticks } from "../parts/axis-scale.ts";
import { CONFIDENCE, type Figure, fewTrials, figure, sizes, type Table } from "../parts/figure.ts";
import { textWidthPx } from "../parts/fit-text.ts";
import { isStartTotal, type Measured, measuredBy } from "../parts/measured.ts";
import { shortNames, shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { studyNotes } from "../parts/study-notes.ts";
import { DOT, FONT_PX, INK, PLOT_WIDTH_PX, SILENT } from "../parts/theme.ts";

const COLUMNS = 2;
const SPACING_PX = 8;
const AXIS_PX = 26;
const WIDTH_PX = (PLOT_WIDTH_PX - (COLUMNS - 1) * SPACING_PX) / COLUMNS - AXIS_PX;
const HEIGHT_PX = 46;
/** Clear of the highest label of an axis. */
const HEADING_ABOVE_PX = 4;
/** Labels of the axis of one row and the title of the next. */
const BETWEEN_PX = 34;
/** Of an axis, below the last row. */
const ROW_TITLE_PX = 12;
const unitOf = ({ type }: AxisScale): string => (type === "log" ? " (ms, log)" : " (ms)");
/** In so small a panel. */
const MOST_LABELS = 4;
/** A drift of a tenth beside a warm-up that took seven times as long is seen on a logarithmic scale only. */
const LOG_FROM_RATIO = 3;
/** Of more trials, an evenly spaced selection is shown. */
const MOST_POINTS = 1000;

interface Ordered extends Measured {
  readonly order: TimeOrder;
  readonly warmups: Warmups;
}

const NO_WARMUPS: Warmups = { values: [], rows: [] };

export const collectionOrder: Figure = (subjects) => {
  const { measured, leftOut } = measuredBy(subjects, "startup", isStartTotal);
  if (measured.length === 0) return absentFor(leftOut);
  const ordered = measured.map(
    (each): Ordered => ({ ...each, order: timeOrder(each.measurement.values), warmups: warmupsOf(subjects, each) }),
  );
  const counts = measured.map(({ measurement }) => measurement.values.length);
  const titles = shortTitles(measured.map(({ platform }) => platform));
  const hollow = ordered.some(({ warmups }) => warmups.values.length > 0);
  const changed = ordered.filter(({ order }) => order.changepoints.length > 0).length;
  return figure({
    title:
      changed === 0 ? "No change of level is seen" : `The level changes in ${changed} of ${count(ordered.length, "condition")}`,
    caption: [
      `Starts in execution order: time against the row in the platform's file. Each panel has a scale of its own. ${hollow ? "Hollow: warm-ups, which are not summarised. " : ""}${changed === 0 ? "A change of level would be dashed" : "Dashed: the level changes"} (maximally selected rank statistic, p\u00a0≤\u00a00.01).`,
      `Line and band: median of the stretch and its ${CONFIDENCE} confidence interval (order statistics). ${ordered.some((each) => scaled(each).far !== "") ? "▸: rows whose value lies beyond the scale. " : ""}${sizes(counts)}.`,
      ...(Math.max(...counts) > MOST_POINTS ? [`At most ${MOST_POINTS} are shown.`] : []),
      ...studyNotes(measured.map(({ measurement }) => measurement)),
      ...markReasons(subjects, measured),
    ],
    key: [...markKey(measured.map((each) => marksOf(subjects, each))), ...fewTrials(counts)],
    leftOut,
    strips: [...grouped(ordered, ({ platform }) => platform)].map(([platform, conditions], index) =>
      platformStrip(
        index,
        titles(platform),
        conditions.map((each) => ({ ...each, ...scaled(each), marks: marksOf(subjects, each) })),
      ),
    ),
    tables: [orderTable(ordered)],
  });
};

const warmupsOf = (subjects: readonly Subject[], { platform, measurement }: Measured): Warmups =>
  subjects.find(({ label }) => label === platform)?.conditions.get(conditionKey(measurement))?.warmups ?? NO_WARMUPS;

interface Marked extends Ordered {
  readonly marks: string;
  readonly scale: AxisScale;
  /** How many of its values lie beyond the scale. */
  readonly far: string;
}

function scaled({ measurement: { values }, warmups }: Ordered): Pick<Marked, "scale" | "far"> {
  const shown = central([values, ...(warmups.values.length === 0 ? [] : [warmups.values])], LOG_FROM_RATIO);
  const scale = axisScale(shown, LOG_FROM_RATIO);
  const far = values.filter((value) => !isWithin(scale, value)).length;
  return { scale, far: far === 0 ? "" : ` ${far} ▸` };
}

/** The first and the last row that a panel shows. */
function rowsOf({ measurement: { rows }, warmups }: Pick<Ordered, "measurement" | "warmups">): readonly [number, number] {
  const all = [rows[0] as number, rows.at(-1) as number, ...warmups.rows.slice(0, 1), ...warmups.rows.slice(-1)];
  return [Math.min(...all), Math.max(...all)];
}

/** Condition of a panel, and the rows that its scale spans; the report reads it when a panel is brushed. */
const panelName = (platform: number, condition: number, [first, last]: readonly [number, number]): string =>
  `rows_${platform}_${condition}_${first - 1}_${last + 1}`;

const isWithin = ({ domain: [least, most] }: AxisScale, value: number): boolean => value >= least && value <= most;

/** Two conditions beside one another, under the platform's name. */
function platformStrip(platform: number, title: string, conditions: readonly Marked[]): Strip {
  const names = shortNames(
    conditions.map(({ measurement: { condition } }) => condition),
    WIDTH_PX - Math.max(...conditions.map(({ scale, marks, far }) => textWidthPx(`${unitOf(scale)}${marks}${far}`))),
  );
  return {
    ...{ scale: title, rows: Math.ceil(conditions.length / COLUMNS), head_px: HEAD_PX, axis_px: ROW_TITLE_PX },
    row_px: HEIGHT_PX + BETWEEN_PX,
    draw: ({ from, to, axis }) => ({
      title: { text: title, fontSize: FONT_PX.text, offset: 3 },
      spacing: SPACING_PX,
      vconcat: Array.from({ length: to - from }, (_, index) => ({
        spacing: SPACING_PX + AXIS_PX, // of the plots: their axes are of different height
        bounds: "flush" as const,
        hconcat: conditions.slice((from + index) * COLUMNS, (from + index + 1) * COLUMNS).map((ordered, place) => ({
          ...conditionPanel(ordered, names(ordered.measurement.condition), axis && from + index + 1 === to),
          name: panelName(platform, (from + index) * COLUMNS + place, rowsOf(ordered)),
        })),
      })),
    }),
  };
}

function conditionPanel({ measurement, order, warmups, marks, scale, far }: Marked, name: string, bottom: boolean): Panel {
  const { values, rows, condition } = measurement;
  const stretches = stretchesOf(values, rows, order, condition);
  const seen = ({ value }: { readonly value: number }): boolean => isWithin(scale, value);
  const [first, last] = rowsOf({ measurement, warmups });
  const rowScale: AxisScale = { type: "linear", domain: [first - 1, last + 1] };
  const x = { type: "quantitative" as const, scale: scaleOf(rowScale) };
  const y = {
    type: "quantitative" as const,
    scale: scaleOf(scale),
    axis: { title: null, minExtent: AXIS_PX, maxExtent: AXIS_PX, grid: true, labelFlush: false, ...ticks(scale, MOST_LABELS) },
  };
  return {
    width: WIDTH_PX,
    height: HEIGHT_PX,
    layer: [
      // A title would stand above the labels of the axis, which reach above the plot by more or less: no two would be level.
      {
        data: { values: [{ heading: `${name}${unitOf(scale)}${marks}${far}` }] },
        mark: { type: "text", align: "left", baseline: "bottom", color: INK, fontSize: FONT_PX.text },
        encoding: { x: { value: -AXIS_PX }, y: { value: -HEADING_ABOVE_PX }, text: { field: "heading" } },
      },
      {
        data: { values: stretches.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { type: "rect", color: INK, opacity: 0.15, clip: true, ...SILENT },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y: { ...y, field: "ci_lo" }, y2: { field: "ci_hi" } },
      },
      {
        data: { values: evenly(values.map((value, index) => ({ row: rows[index], value, warmup: false })).filter(seen)) },
        mark: DOT,
        encoding: {
          x: { ...x, field: "row", axis: { title: bottom ? "row" : null, ...ticks(rowScale, MOST_LABELS) } },
          y: { ...y, field: "value" },
        },
      },
      {
        data: {
          values: evenly(warmups.values.map((value, index) => ({ row: warmups.rows[index], value, warmup: true })).filter(seen)),
        },
        mark: { ...DOT, type: "point", filled: false, strokeWidth: 0.6, opacity: 0.8 },
        encoding: { x: { ...x, field: "row" }, y: { ...y, field: "value" } },
      },
      {
        data: { values: stretches },
        mark: { type: "rule", color: INK, strokeWidth: 1.2 },
        encoding: {
          x: { ...x, field: "from" },
          x2: { field: "to" },
          y: { ...y, field: "median" },
          description: { field: "words" },
        },
      },
      {
        data: { values: stretches.slice(1) },
        mark: { type: "rule", color: INK, strokeDash: [3, 2], ...SILENT },
        encoding: { x: { ...x, field: "from" }, y: { value: 0 }, y2: { value: HEIGHT_PX } },
      },
    ],
  };
}

/** Between the changepoints, by rows of the file. */
function stretchesOf(values: readonly number[], rows: readonly number[], { changepoints }: TimeOrder, condition: string) {
  const edges = [0, ...changepoints.map(({ position }) => position), values.length];
  return edges.slice(1).map((end, index) => {
    const begin = edges[index] as number;
    const { median, median_ci } = describeSamples(sortedSamples(values.slice(begin, end)));
    const [from, to] = [rows[begin], rows[end - 1]] as [number, number];
    return {
      ...{ from, to, median },
      words: `${condition}, rows ${from} to ${to}: median ${ms(median)} ms`,
      ci_lo: median_ci?.[0] ?? null,
      ci_hi: median_ci?.[1] ?? null,
    };
  });
}

function evenly<T>(points: readonly T[]): readonly T[] {
  if (points.length <= MOST_POINTS) return points;
  return Array.from({ length: MOST_POINTS }, (_, place) => points[Math.floor((place * points.length) / MOST_POINTS)] as T);
}

const orderTable = (ordered: readonly Ordered[]): Table => ({
  kind: "table",
  caption:
    "Order of collection: dependence of neighbours, and the rows before which the level changes with the medians before and after, ms",
  columns: [
    ...[left("platform"), left("condition"), right("n"), right("lag-1 correlation"), right("Ljung-Box p"), right("effective n")],
    left("level changes"),
  ],
  rows: ordered.map(({ platform, measurement: { condition, values, rows }, order }) => [
    ...[platform, condition, String(values.length)],
    ...[order.lag1_autocorrelation?.toFixed(2) ?? "", pValue(order.ljung_box_p), order.effective_n?.toFixed(0) ?? ""],
    order.changepoints
      .map(({ position, medianBefore, medianAfter }) => `row ${rows[position]}: ${ms(medianBefore)} to ${ms(medianAfter)}`)
      .join("; "),
  ]),
});

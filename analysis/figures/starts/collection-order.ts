/** 12: the starts in the order in which they were made: warm-ups, and where the level changed. */

import { left, right } from "../../format/document/document.ts";
import { describeSamples } from "../../samples/describe.ts";
import { grouped } from "../../samples/grouped.ts";
import { ms, pValue } from "../../samples/numbers.ts";
import { type TimeOrder, timeOrder } from "../../samples/time-order.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Warmups } from "../../subjects/condition.ts";
import { conditionKey } from "../../subjects/key.ts";
import type { Subject } from "../../subjects/subject.ts";
import { type AxisScale, axisScale, scaleOf, ticks } from "../parts/axis-scale.ts";
import { defectNotes } from "../parts/defect-notes.ts";
import { CONFIDENCE, type Figure, figure, sizes, type Table } from "../parts/figure.ts";
import { textWidthPx } from "../parts/fit-text.ts";
import { isStartTotal, type Measured, measuredBy } from "../parts/measured.ts";
import { shortNames, shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { studyNotes } from "../parts/study-notes.ts";
import { DOT, FONT_PX, INK, PLOT_WIDTH_PX } from "../parts/theme.ts";

const COLUMNS = 2;
const SPACING_PX = 8;
const AXIS_PX = 26;
const WIDTH_PX = (PLOT_WIDTH_PX - (COLUMNS - 1) * SPACING_PX) / COLUMNS - AXIS_PX;
const HEIGHT_PX = 46;
const LOG_UNIT = " (ms, log)";
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
  if (measured.length === 0) return { absent: leftOut.join("; ") };
  const ordered = measured.map(
    (each): Ordered => ({ ...each, order: timeOrder(each.measurement.values), warmups: warmupsOf(subjects, each) }),
  );
  const counts = measured.map(({ measurement }) => measurement.values.length);
  const titles = shortTitles(measured.map(({ platform }) => platform));
  const hollow = ordered.some(({ warmups }) => warmups.values.length > 0);
  return figure({
    title: "Starts in execution order",
    notes: [
      `Time against the row in the platform's file, which is execution order. ${hollow ? "Hollow: warm-ups, which are not summarised. " : ""}Dashed: the level changes (maximally selected rank statistic, p\u00a0≤\u00a00.01).`,
      `Line and band: median of the stretch and its ${CONFIDENCE} confidence interval (order statistics). ${sizes(counts)}.`,
      ...(Math.max(...counts) > MOST_POINTS ? [`At most ${MOST_POINTS} are shown.`] : []),
      ...studyNotes(measured.map(({ measurement }) => measurement)),
      ...defectNotes(subjects, measured),
    ],
    leftOut,
    panels: [...grouped(ordered, ({ platform }) => platform)].flatMap(([platform, conditions]) =>
      platformRows(titles(platform), conditions),
    ),
    tables: [orderTable(ordered)],
  });
};

const warmupsOf = (subjects: readonly Subject[], { platform, measurement }: Measured): Warmups =>
  subjects.find(({ label }) => label === platform)?.conditions.get(conditionKey(measurement))?.warmups ?? NO_WARMUPS;

/** Two conditions beside one another, under the platform's name. */
function platformRows(title: string, conditions: readonly Ordered[]): Panel[] {
  const names = shortNames(
    conditions.map(({ measurement: { condition } }) => condition),
    WIDTH_PX - textWidthPx(LOG_UNIT),
  );
  return Array.from({ length: Math.ceil(conditions.length / COLUMNS) }, (_, row) => ({
    ...(row === 0 ? { title: { text: title, fontSize: FONT_PX.text, offset: 3 } } : {}),
    spacing: SPACING_PX,
    hconcat: conditions
      .slice(row * COLUMNS, (row + 1) * COLUMNS)
      .map((ordered) => conditionPanel(ordered, names(ordered.measurement.condition), row + 1 >= conditions.length / COLUMNS)),
  }));
}

function conditionPanel({ measurement: { values, rows }, order, warmups }: Ordered, name: string, bottom: boolean): Panel {
  const stretches = stretchesOf(values, rows, order);
  const scale = axisScale([...values, ...warmups.values], LOG_FROM_RATIO);
  const firstAndLast = [
    Math.min(rows[0] as number, ...warmups.rows.slice(0, 1)),
    Math.max(rows.at(-1) as number, ...warmups.rows.slice(-1)),
  ];
  const [first, last] = firstAndLast as [number, number];
  const unit = scale.type === "log" ? LOG_UNIT : " (ms)";
  const rowScale: AxisScale = { type: "linear", domain: [first - 1, last + 1] };
  const x = { type: "quantitative" as const, scale: scaleOf(rowScale) };
  const y = {
    type: "quantitative" as const,
    scale: scaleOf(scale),
    axis: { title: null, minExtent: AXIS_PX, maxExtent: AXIS_PX, grid: true, labelFlush: false, ...ticks(scale, MOST_LABELS) },
  };
  return {
    title: {
      text: `${name}${unit}`,
      fontSize: FONT_PX.text,
      fontWeight: "normal",
      offset: 1,
    },
    width: WIDTH_PX,
    height: HEIGHT_PX,
    layer: [
      {
        data: { values: stretches.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { type: "rect", color: INK, opacity: 0.15 },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y: { ...y, field: "ci_lo" }, y2: { field: "ci_hi" } },
      },
      {
        data: { values: evenly(values.map((value, index) => ({ row: rows[index], value, warmup: false }))) },
        mark: DOT,
        encoding: {
          x: { ...x, field: "row", axis: { title: bottom ? "row" : null, ...ticks(rowScale, MOST_LABELS) } },
          y: { ...y, field: "value" },
        },
      },
      {
        data: { values: evenly(warmups.values.map((value, index) => ({ row: warmups.rows[index], value, warmup: true }))) },
        mark: { ...DOT, type: "point", filled: false, strokeWidth: 0.6, opacity: 0.8 },
        encoding: { x: { ...x, field: "row" }, y: { ...y, field: "value" } },
      },
      {
        data: { values: stretches },
        mark: { type: "rule", color: INK, strokeWidth: 1.2 },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y: { ...y, field: "median" } },
      },
      {
        data: { values: stretches.slice(1) },
        mark: { type: "rule", color: INK, strokeDash: [3, 2] },
        encoding: { x: { ...x, field: "from" }, y: { value: 0 }, y2: { value: HEIGHT_PX } },
      },
    ],
  };
}

/** Between the changepoints, by rows of the file. */
function stretchesOf(values: readonly number[], rows: readonly number[], { changepoints }: TimeOrder) {
  const edges = [0, ...changepoints.map(({ position }) => position), values.length];
  return edges.slice(1).map((end, index) => {
    const begin = edges[index] as number;
    const { median, median_ci } = describeSamples(sortedSamples(values.slice(begin, end)));
    return {
      from: rows[begin] as number,
      to: rows[end - 1] as number,
      median,
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

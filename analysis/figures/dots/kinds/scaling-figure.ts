/** Figures of one experiment whose condition is a number: the medians against it, and by how much each one more moves them. */

import { grouped } from "../../../samples/grouped.ts";
import type { Measurement } from "../../../subjects/measurement.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../../page/flow.ts";
import { absentFor } from "../../page/left-out.ts";
import { allMarks, markKey, markReasons, marksOf } from "../../page/marks.ts";
import {
  type AxisScale,
  axisScale,
  axisTitle,
  beyondInWords,
  central,
  extentOf,
  scaleOf,
  ticks,
} from "../../parts/axis-scale.ts";
import { atMost, MOST_DOTS } from "../../parts/dot-stack.ts";
import { CONFIDENCE, type Figure, fewTrials, figure, sizes } from "../../parts/figure.ts";
import { nameBefore, textWidthPx } from "../../parts/fit-text.ts";
import { type Measured, measuredBy } from "../../parts/measured.ts";
import { intervalOf, intervalsAre, numberOf } from "../../parts/numbers.ts";
import { platformLegend, styleScales } from "../../parts/platform-legend.ts";
import { sampleTable } from "../../parts/sample-table.ts";
import { shortNames, shortTitles } from "../../parts/short-names.ts";
import type { Panel } from "../../parts/spec.ts";
import { DOT, FONT_PX, INK, PLOT_WIDTH_PX, SILENT } from "../../parts/theme.ts";

interface ScalingFigure {
  readonly about: string;
  readonly experiment: string;
  readonly shows: (measurement: Measurement) => boolean;
  /** The number of a condition is at the beginning of this factor. */
  readonly factor: string;
  /** Of which there are more and more: `start at once`. */
  readonly one: string;
  readonly axis: string;
  readonly lead: string;
}

const HEIGHT_PX = 130;
const LABELS_PX = 34;
const WIDTH_PX = PLOT_WIDTH_PX - LABELS_PX;
/** For the numbers above and below. */
const [TOP_PX, BOTTOM_PX] = [16, 16];
const MOST_LABELS = 6;
const NAME_PX = 90;
const DOTS_LEFT_PX = 4;

/** What lies beyond the scale. */
const [UP, DOWN] = ["▴", "▾"];

interface Point extends Measured {
  readonly at: number;
}

export const scalingFigure =
  (declared: ScalingFigure): Figure =>
  (subjects: readonly Subject[]) => {
    const { about, experiment, shows, factor, lead } = declared;
    const { measured, leftOut } = measuredBy(subjects, experiment, shows);
    if (measured.length === 0) return absentFor(leftOut);
    const points = measured
      .map((each): Point => ({ ...each, at: Number.parseFloat(each.measurement.factors[factor] ?? "") }))
      .sort((a, b) => a.at - b.at);
    const platforms = [...new Set(measured.map(({ platform }) => platform))];
    const counts = measured.map(({ measurement }) => measurement.values.length);
    const metrics = [...grouped(points, ({ measurement: { metric, unit } }) => `${metric} ${unit}`).values()].map((ofMetric) => ({
      ofMetric,
      scaled: scaleFor(ofMetric),
    }));
    const isClipped = metrics.some(({ ofMetric, scaled: { within } }) =>
      ofMetric.some((point) => isBeyond(point, within, UP) || isBeyond(point, within, DOWN)),
    );
    return figure({
      title: finding(declared, metrics[0]?.ofMetric ?? []),
      caption: [
        `${about}. ${lead}`,
        `Line: medians, with their ${CONFIDENCE} confidence intervals (${intervalsAre(measured)}). ${Math.max(...counts) > MOST_DOTS ? `A dot is one trial, or one of ${MOST_DOTS} quantiles of more.` : "A dot is one trial."}`,
        ...(platforms.length === 1
          ? [`Below: the medians; above: by how much they rise for each further ${declared.one}. ${sizes(counts)}.`]
          : [`${sizes(counts)}.`]),
        ...(isClipped ? ["▾ ▴ with numbers in the heading: trials beyond the scale, or ends of an interval."] : []),
        ...markReasons(subjects, measured),
      ],
      key: [...markKey(measured.map((each) => marksOf(subjects, each))), ...fewTrials(counts)],
      leftOut,
      legend: platformLegend(platforms, undefined, LABELS_PX),
      strips: metrics.map(({ ofMetric, scaled }) => strip(ofMetric, platforms, scaled, declared, subjects)),
      tables: [sampleTable(about, measured)],
    });
  };

const medianOf = ({ described }: Measured): number => described.level.value;

/** For each one more, from the first to the last. */
function increment(points: readonly Point[]): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first.at === last.at) return null;
  return (medianOf(last) - medianOf(first)) / (last.at - first.at);
}

function finding({ one, about }: ScalingFigure, points: readonly Point[]): string {
  const found = [...grouped(points, ({ platform }) => platform)]
    .flatMap(([platform, own]) => {
      const more = increment(own);
      return more === null ? [] : [{ platform, more, own }];
    })
    .sort((a, b) => a.more - b.more);
  const [least, most] = [found[0], found.at(-1)];
  if (least === undefined || most === undefined) return about;
  const { unit } = (points[0] as Point).measurement;
  const text = ({ more, own }: typeof least): string =>
    isCertain(own) ? `${signed(more, own[0]?.measurement.values ?? [])} ${unit}` : "no certain difference";
  const [from, to] = [(points[0] as Point).at, (points.at(-1) as Point).at];
  const within = `from ${from} to ${to}`;
  if (least === most) return `Each further ${one}: ${text(least)} (medians, ${within})`;
  const names = shortNames(
    found.map(({ platform }) => platform),
    NAME_PX,
  );
  const named = (each: typeof least): string => `${text(each)} (${nameBefore(names(each.platform))})`;
  const [largest] = found.filter(({ own }) => isCertain(own)).toSorted((a, b) => Math.abs(b.more) - Math.abs(a.more));
  if (largest === undefined) return `Each further ${one}: ${text(least)} (medians, ${within})`;
  if (found.every((each) => text(each) === text(least)))
    return `Each further ${one}: ${text(least)} on ${found.length === 2 ? "both" : `all ${found.length}`} platforms (medians, ${within})`;
  // What is certain lies between two that are not.
  if (!isCertain(least.own) && !isCertain(most.own))
    return `Each further ${one}: ${named(largest)}, the largest that is certain on ${found.length} platforms`;
  return `Each further ${one}: ${named(least)} to ${named(most)}`;
}

/** Whether the intervals of the first and of the last median have nothing in common. */
function isCertain(points: readonly Point[]): boolean {
  const [first, last] = [points[0]?.described.level.ends, points.at(-1)?.described.level.ends];
  return !!first && !!last && (first[1] < last[0] || last[1] < first[0]);
}

const signed = (value: number, like: readonly number[]): string =>
  `${value < 0 ? "−" : "+"}${numberOf(like.some(Number.isInteger) ? [0.5] : like)(Math.abs(value))}`;

function strip(
  points: readonly Point[],
  platforms: readonly string[],
  scaled: Scaled,
  declared: ScalingFigure,
  subjects: readonly Subject[],
): Strip {
  const { scale, within } = scaled;
  const { metric, unit, better } = (points[0] as Point).measurement;
  const far = points.flatMap(({ at, measurement: { values }, described: { level } }) => {
    const words = beyondInWords({ values, ends: level.ends }, within, numberOf(values), [DOWN, UP]);
    return words.length === 0 ? [] : [`${at}: ${words.join(", ")}`];
  });
  const marks = allMarks(points.map((each) => marksOf(subjects, each)));
  const title = `${axisTitle(metric, unit, scale, better)}${marks}${far.length === 0 ? "" : `  (${far.join("; ")})`}`;
  return {
    ...{ scale: title, rows: 1, row_px: HEIGHT_PX, head_px: HEAD_PX, axis_px: AXIS_PX },
    draw: () => panel(shortTitles([title])(title), points, platforms, scaled, declared),
  };
}

interface Scaled {
  readonly scale: AxisScale;
  /** Of what is drawn on it; what lies beyond is named. */
  readonly within: readonly [number, number];
}

function scaleFor(points: readonly Point[]): Scaled {
  const shown = central(points.map(({ measurement: { values }, described: { level } }) => [...values, ...(level.ends ?? [])]));
  return { scale: axisScale(shown), within: extentOf(shown) };
}

function panel(
  title: string,
  points: readonly Point[],
  platforms: readonly string[],
  { scale, within }: Scaled,
  { axis }: ScalingFigure,
): Panel {
  const { color, shape, strokeDash } = styleScales(platforms);
  const ats = [...new Set(points.map(({ at }) => at))];
  const [first, last] = [ats[0] as number, ats.at(-1) as number];
  const margin = (last - first || 1) * 0.07;
  const x = { type: "quantitative" as const, scale: { domain: [first - margin, last + margin], nice: false, zero: false } };
  const y = { type: "quantitative" as const, scale: { ...scaleOf(scale), range: [HEIGHT_PX - BOTTOM_PX, TOP_PX] } };
  const rows = points.map(({ platform, at, measurement: { values, unit }, described: { n, level } }) => {
    const { value: median, ends: median_ci } = level;
    const number = numberOf(values)(median);
    const ends = median_ci === null ? "" : `, 95 % CI ${intervalOf(values)(median_ci)}`;
    const words = `${platform}, ${at}: median ${number} ${unit}${ends}, ${n} trials`;
    const [ci_lo, ci_hi] = median_ci === null ? [null, null] : median_ci.map((end) => clamped(end, within));
    return { name: platform, at, median, ci_lo, ci_hi, number, words };
  });
  const px = (at: number): number => ((at - first + margin) / (last - first + 2 * margin)) * WIDTH_PX;
  const steps =
    platforms.length > 1 ? [] : increments(points).filter(({ from, to, step }) => textWidthPx(step) < px(to) - px(from));
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, color: INK };
  return {
    title: { text: title, fontSize: FONT_PX.text, offset: 2, anchor: "start", frame: "bounds" },
    width: WIDTH_PX,
    height: HEIGHT_PX,
    layer: [
      {
        data: {
          values: points.flatMap(({ platform, at, measurement: { values } }) =>
            atMost(values)
              .filter((value) => value >= within[0] && value <= within[1])
              .map((value) => ({ name: platform, at, value })),
          ),
        },
        // Beside the stroke of the interval, which would hide them.
        mark: { ...DOT, xOffset: -DOTS_LEFT_PX },
        encoding: {
          x: { ...x, field: "at", axis: { title: axis, values: ats, grid: true } },
          y: {
            ...y,
            field: "value",
            axis: {
              title: null,
              minExtent: LABELS_PX,
              maxExtent: LABELS_PX,
              grid: true,
              labelFlush: false,
              ...ticks(scale, MOST_LABELS),
            },
          },
          ...(platforms.length > 1 ? { color } : {}),
        },
      },
      {
        data: { values: rows },
        mark: { type: "line", strokeWidth: 1.4, ...SILENT },
        encoding: { x: { ...x, field: "at" }, y: { ...y, field: "median" }, color, strokeDash },
      },
      {
        data: { values: rows.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { type: "rule", strokeWidth: 2, ...SILENT },
        encoding: { x: { ...x, field: "at" }, y: { ...y, field: "ci_lo" }, y2: { field: "ci_hi" }, color },
      },
      {
        data: { values: rows },
        mark: { type: "point", filled: true, size: 24, opacity: 1 },
        encoding: { x: { ...x, field: "at" }, y: { ...y, field: "median" }, color, shape, description: { field: "words" } },
      },
      ...([DOWN, UP] as const).map((arrow) => ({
        data: {
          values: points.filter((point) => isBeyond(point, within, arrow)).map(({ platform, at }) => ({ name: platform, at })),
        },
        mark: { ...text, text: arrow },
        encoding: { x: { ...x, field: "at" }, y: { value: arrow === UP ? TOP_PX + 3 : HEIGHT_PX - BOTTOM_PX - 3 }, color },
      })),
      {
        data: { values: steps },
        mark: { ...text },
        encoding: { x: { ...x, field: "middle" }, y: { value: TOP_PX / 2 }, text: { field: "step" } },
      },
      {
        data: { values: platforms.length > 1 ? [] : rows.filter((_, index) => hasRoom(rows, index, px)) },
        mark: { ...text },
        encoding: { x: { ...x, field: "at" }, y: { value: HEIGHT_PX - BOTTOM_PX / 2 }, text: { field: "number" } },
      },
    ],
  };
}

const clamped = (value: number, [from, to]: Scaled["within"]): number => Math.min(to, Math.max(from, value));

/** Whether a trial or an end of the interval is named instead of drawn. */
const isBeyond = (
  { measurement: { values }, described: { level } }: Point,
  [from, to]: Scaled["within"],
  arrow: typeof UP | typeof DOWN,
): boolean => [...values, ...(level.ends ?? [])].some((value) => (arrow === UP ? value > to : value < from));

/** A number that would stand on the one before it is left to the table. */
const hasRoom = (rows: readonly { at: number; number: string }[], index: number, px: (at: number) => number): boolean => {
  const [before, own] = [rows[index - 1], rows[index] as { at: number; number: string }];
  return before === undefined || px(own.at) - px(before.at) > (textWidthPx(own.number) + textWidthPx(before.number)) / 2 + 2;
};

function increments(points: readonly Point[]) {
  return points.slice(1).map((point, index) => {
    const before = points[index] as Point;
    const more = (medianOf(point) - medianOf(before)) / (point.at - before.at);
    return { from: before.at, to: point.at, middle: (before.at + point.at) / 2, step: signed(more, point.measurement.values) };
  });
}

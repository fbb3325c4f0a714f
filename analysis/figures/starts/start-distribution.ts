/** 2: how start times are distributed: the empirical distribution function of each platform, a panel a condition. */

import { grouped } from "../../samples/grouped.ts";
import { quantile } from "../../statistics/one-sample/quantile.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Subject } from "../../subjects/subject.ts";
import { medianFinding } from "../page/finding.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { absentFor } from "../page/left-out.ts";
import { allMarks, markKey, markReasons, marksOf } from "../page/marks.ts";
import {
  type AxisScale,
  axisScale,
  axisTitle,
  beyondInWords,
  central,
  extentOf,
  scaleOf,
  ticks,
  withRoom,
} from "../parts/axis-scale.ts";
import { atMost, MOST_DOTS } from "../parts/dot-stack.ts";
import { type Figure, fewTrials, figure, sizes } from "../parts/figure.ts";
import { textWidthPx } from "../parts/fit-text.ts";
import { conditionName, isStartTotal, type Measured, measuredBy } from "../parts/measured.ts";
import { intervalOf, numberOf, withInterval } from "../parts/numbers.ts";
import { platformLegend, styleScales } from "../parts/platform-legend.ts";
import { sampleTable } from "../parts/sample-table.ts";
import { shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { studyNotes } from "../parts/study-notes.ts";
import { FONT_PX, PLOT_WIDTH_PX, SILENT } from "../parts/theme.ts";

const ABOUT = "Distribution of start times by platform";
const PANEL_PX = 48;
const SHARES_PX = textWidthPx("100 %") + 4;
/** Of fewer starts a twentieth is less than one. */
const FEWEST_FOR_TENTHS = 20;

export const startDistribution: Figure = (subjects) => {
  const { measured, leftOut } = measuredBy(subjects, "startup", isStartTotal);
  if (measured.length === 0) return absentFor(leftOut);
  const platforms = [...new Set(measured.map(({ platform }) => platform))];
  const counts = measured.map(({ measurement }) => measurement.values.length);
  const metrics = grouped(measured, ({ measurement: { metric } }) => metric);
  const isClipped = [...metrics.values()].some((ofMetric) =>
    ofMetric.some((each) => farOf(each, extentOf(shownOf(ofMetric))).length > 0),
  );
  return figure({
    title: finding(subjects, measured),
    caption: [
      `${ABOUT}. Empirical CDF of start time: ${Math.max(...counts) > MOST_DOTS ? `one step per start, or one of ${MOST_DOTS} quantiles of more` : "one step per start"}.`,
      `Mark and stroke at 50\u00a0%: median${withInterval(measured)}. ${isClipped ? "◂ ▸ with numbers: starts beyond the scale, or ends of an interval. " : ""}${sizes(counts)}.`,
      ...studyNotes(measured.map(({ measurement }) => measurement)),
      ...markReasons(subjects, measured),
    ],
    key: [...markKey(measured.map((each) => marksOf(subjects, each))), ...fewTrials(counts)],
    leftOut,
    legend: platformLegend(platforms),
    strips: [...metrics.values()].flatMap((ofMetric) => metricStrips(ofMetric, platforms, subjects)),
    tables: [sampleTable(ABOUT, measured)],
  });
};

/** Of one platform: between which times the starts of the first condition lie; of several their medians. */
function finding(subjects: readonly Subject[], measured: readonly Measured[]): string {
  const [first, other] = [measured[0] as Measured, measured.find(({ platform }) => platform !== measured[0]?.platform)];
  if (other !== undefined) return medianFinding("Start", subjects, measured);
  const { values, unit } = first.measurement;
  const samples = sortedSamples(values);
  const few = values.length < FEWEST_FOR_TENTHS;
  const [low, high] = (few ? [0, 1] : [0.05, 0.95]).map((share) => numberOf(values)(quantile(samples, share)));
  const marks = marksOf(subjects, first).includes("‡") ? " (defect)" : "";
  return `${few ? `All ${values.length}` : "Nine of ten"} ${conditionName(first.measurement)} starts take ${low} to ${high} ${unit}${marks}`;
}

/** What the scale of a metric has to show. */
const shownOf = (measured: readonly Measured[]): readonly number[] =>
  central(measured.map(({ measurement: { values }, described: { level } }) => [...values, ...(level.ends ?? [])]));

const farOf = ({ measurement: { values }, described: { level } }: Measured, within: readonly [number, number]): string[] =>
  beyondInWords({ values, ends: level.ends }, within, numberOf(values));

/** The strips of one metric share a scale. */
function metricStrips(measured: readonly Measured[], platforms: readonly string[], subjects: readonly Subject[]): Strip[] {
  const shown = shownOf(measured);
  const within = extentOf(shown);
  // The labels of the shares stand within the panel: no line is to cross them.
  const scale = withRoom(axisScale(shown), 0, SHARES_PX);
  const conditions = [...grouped(measured, ({ measurement }) => conditionName(measurement))];
  const named = conditions.map(([condition, each]) => {
    const far = each.flatMap((one) => farOf(one, within));
    const marks = allMarks(each.map((one) => marksOf(subjects, one)));
    return { title: [condition, marks, far.length === 0 ? "" : `  (${far.join("; ")})`].join(""), each };
  });
  const titles = shortTitles(named.map(({ title }) => title));
  return named.map(({ title, each }) => ({
    ...{ scale: each[0]?.measurement.metric ?? "", rows: 1, row_px: PANEL_PX, head_px: HEAD_PX, axis_px: AXIS_PX },
    draw: ({ axis }) => conditionPanel(titles(title), each, scale, platforms, axis),
  }));
}

function conditionPanel(
  title: string,
  measured: readonly Measured[],
  scale: AxisScale,
  platforms: readonly string[],
  last: boolean,
): Panel {
  const { color, strokeDash, shape } = styleScales(platforms);
  const { metric, unit, better } = (measured[0] as Measured).measurement;
  const medians = measured.map(({ platform, measurement: { values }, described: { n, level } }) => {
    const { value: median, ends: median_ci } = level;
    const ends = median_ci === null ? "" : `, 95 % CI ${intervalOf(values)(median_ci)}`;
    const words = `${platform}, ${title}: median ${numberOf(values)(median)} ${unit}${ends}, ${n} starts`;
    return { words, name: platform, n, median, ci_lo: median_ci?.[0] ?? null, ci_hi: median_ci?.[1] ?? null, share_pct: 50 };
  });
  const x = { type: "quantitative" as const, scale: scaleOf(scale) };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const shown = { title: axisTitle(metric, unit, scale, better) };
  return {
    title: { text: title, fontSize: FONT_PX.text, offset: 2 },
    width: PLOT_WIDTH_PX,
    height: PANEL_PX,
    encoding: {
      y: {
        field: "share_pct",
        type: "quantitative",
        scale: { domain: [0, 100] },
        axis: {
          values: [0, 50, 100],
          grid: true,
          title: null,
          labelExpr: "datum.value + ' %'",
          orient: "right",
          domain: false,
          ticks: false,
          labelPadding: -2,
          labelAlign: "right",
          labelBaseline: "bottom",
        },
      },
    },
    layer: [
      {
        data: { values: measured.flatMap(steps) },
        mark: { type: "line", interpolate: "step-after", strokeWidth: 1.2, clip: true, ...SILENT },
        encoding: {
          x: { ...x, field: "value", axis: { ...(last ? shown : bare), ...ticks(scale), grid: true } },
          color,
          strokeDash,
        },
      },
      {
        data: { values: medians.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { type: "rule", strokeWidth: 2.5, clip: true, ...SILENT },
        encoding: { x: { ...x, field: "ci_lo" }, x2: { field: "ci_hi" }, color },
      },
      {
        data: { values: medians },
        mark: { type: "point", filled: true, size: 22, opacity: 1 },
        encoding: { x: { ...x, field: "median" }, color, shape, description: { field: "words" } },
      },
    ],
  };
}

/** From 0 % at the least value to 100 % at the greatest. */
function steps({ platform, measurement }: Measured) {
  const values = atMost(measurement.values);
  return [
    { name: platform, value: values[0] as number, share_pct: 0 },
    ...values.map((value, index) => ({ name: platform, value, share_pct: (100 * (index + 1)) / values.length })),
  ];
}

/** 2: how start times are distributed: the empirical distribution function of each platform, a panel a condition. */
import { describeSamples } from "../../samples/describe.ts";
import { grouped } from "../../samples/grouped.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { type AxisScale, axisScale, axisTitle, scaleOf, ticks } from "../parts/axis-scale.ts";
import { defectNotes } from "../parts/defect-notes.ts";
import { atMost, MOST_DOTS } from "../parts/dot-stack.ts";
import { CONFIDENCE, type Figure, figure, sizes } from "../parts/figure.ts";
import { conditionName, isStartTotal, type Measured, measuredBy } from "../parts/measured.ts";
import { platformLegend, styleScales } from "../parts/platform-legend.ts";
import { sampleTable } from "../parts/sample-table.ts";
import { shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { studyNotes } from "../parts/study-notes.ts";
import { FONT_PX, PLOT_WIDTH_PX } from "../parts/theme.ts";

const TITLE = "Distribution of start times by platform";
const PANEL_PX = 48;

export const startDistribution: Figure = (subjects) => {
  const { measured, leftOut } = measuredBy(subjects, "startup", isStartTotal);
  if (measured.length === 0) return { absent: leftOut.join("; ") };
  const platforms = [...new Set(measured.map(({ platform }) => platform))];
  const counts = measured.map(({ measurement }) => measurement.values.length);
  const metrics = grouped(measured, ({ measurement: { metric } }) => metric);
  return figure({
    title: TITLE,
    notes: [
      `Empirical CDF of start time: ${Math.max(...counts) > MOST_DOTS ? `one step per start, or one of ${MOST_DOTS} quantiles of more` : "one step per start"}.`,
      `Mark and stroke at 50\u00a0%: median with its ${CONFIDENCE} confidence interval (order statistics). ${sizes(counts)}.`,
      ...studyNotes(measured.map(({ measurement }) => measurement)),
      ...defectNotes(subjects, measured),
    ],
    leftOut,
    panels: [platformLegend(platforms), ...[...metrics.values()].flatMap((ofMetric) => metricPanels(ofMetric, platforms))],
    tables: [sampleTable(TITLE, measured)],
  });
};

/** The panels of one metric share a scale. */
function metricPanels(measured: readonly Measured[], platforms: readonly string[]): Panel[] {
  const scale = axisScale(measured.flatMap(({ measurement }) => measurement.values));
  const conditions = [...grouped(measured, ({ measurement }) => conditionName(measurement))];
  const titles = shortTitles(conditions.map(([condition]) => condition));
  return conditions.map(([condition, ofCondition], index) =>
    conditionPanel(titles(condition), ofCondition, scale, platforms, index === conditions.length - 1),
  );
}

function conditionPanel(
  title: string,
  measured: readonly Measured[],
  scale: AxisScale,
  platforms: readonly string[],
  last: boolean,
): Panel {
  const { color, strokeDash, shape } = styleScales(platforms);
  const { metric, unit } = (measured[0] as Measured).measurement;
  const medians = measured.map(({ platform, measurement: { values } }) => {
    const { n, median, median_ci } = describeSamples(sortedSamples(values));
    return { name: platform, n, median, ci_lo: median_ci?.[0] ?? null, ci_hi: median_ci?.[1] ?? null, share_pct: 50 };
  });
  const x = { type: "quantitative" as const, scale: scaleOf(scale) };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const shown = { title: axisTitle(metric, unit, scale) };
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
        mark: { type: "line", interpolate: "step-after", strokeWidth: 1.2 },
        encoding: {
          x: { ...x, field: "value", axis: { ...(last ? shown : bare), ...ticks(scale), grid: true } },
          color,
          strokeDash,
        },
      },
      {
        data: { values: medians.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { type: "rule", strokeWidth: 2.5 },
        encoding: { x: { ...x, field: "ci_lo" }, x2: { field: "ci_hi" }, color },
      },
      {
        data: { values: medians },
        mark: { type: "point", filled: true, size: 22, opacity: 1 },
        encoding: { x: { ...x, field: "median" }, color, shape },
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

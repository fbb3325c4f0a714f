/** Any experiment's table: one row a condition and metric; a second one without outliers, where it was asked for. */

import type { Description } from "../../samples/describe.ts";
import { interval, MISSING, ms, pct } from "../../samples/numbers.ts";
import { sum } from "../../statistics/sum.ts";
import type { MeasuredCondition, MetricSummary } from "../../summaries/summarise-measurements.ts";
import { type Block, left, right } from "../document/document.ts";

export function metricTable(experiment: string, conditions: readonly MeasuredCondition[]): Block {
  return {
    kind: "table",
    caption: experiment,
    columns: [
      ...[left("condition"), left("metric"), left("unit"), right("n"), right("outliers"), right("mean"), right("95 % CI")],
      ...[right("SD"), right("MAD"), right("median"), right("95 % CI"), right("±%"), right("min"), right("max")],
    ],
    rows: conditions.flatMap(({ condition, trials, metrics }) =>
      Object.entries(metrics).flatMap(([metric, summary]) => metricRows(condition, trials[metric] ?? null, metric, summary)),
    ),
  };
}

function metricRows(condition: string, trials: number | null, metric: string, summary: MetricSummary | null): string[][] {
  const of = trials === null || trials === (summary?.n ?? 0) ? "" : ` of ${trials}`;
  if (summary === null) return [[condition, metric, "", `0${of}`, ...Array.from({ length: 10 }, () => MISSING)]];
  const { unit, outliers, precision, without_outliers: trimmed } = summary;
  const labelled = sum(Object.values(outliers));
  return [
    [condition, metric, unit, `${summary.n}${of}`, String(labelled), ...numbers(summary, precision.half_width_pct)],
    ...(trimmed === null ? [] : [[`${condition}, no outliers`, metric, unit, String(trimmed.n), "", ...numbers(trimmed, null)]]),
  ];
}

const numbers = (description: Description, halfWidth_pct: number | null): string[] => {
  const { mean, mean_ci, sd, mad, median, median_ci, min, max } = description;
  return [ms(mean), interval(mean_ci), ms(sd), ms(mad), ms(median), interval(median_ci), pct(halfWidth_pct), ms(min), ms(max)];
};

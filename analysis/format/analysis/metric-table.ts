/** Any experiment's table: one row a condition and metric; a second one without outliers, where it was asked for. */
import type { Description } from "../../samples/describe.ts";
import { interval, MISSING, ms, pct } from "../../samples/numbers.ts";
import { sum } from "../../statistics/sum.ts";
import type { ConditionSummary, MetricSummary } from "../../summaries/summary.ts";
import { type Block, left, right } from "../document/document.ts";
import { besidePhases } from "./parts.ts";

export function metricTable(experiment: string, conditions: readonly ConditionSummary[]): Block {
  return {
    kind: "table",
    caption: experiment,
    columns: [
      ...[left("condition"), left("metric"), left("unit"), right("n"), right("outliers"), right("mean"), right("95 % CI")],
      ...[right("SD"), right("MAD"), right("median"), right("95 % CI"), right("±%"), right("min"), right("max")],
    ],
    rows: conditions.flatMap((condition) =>
      besidePhases(condition).flatMap(([metric, summary]) => metricRows(condition.condition, metric, summary)),
    ),
  };
}

/** Mild and severe together, of both sides. */
export const labelled = (outliers: MetricSummary["outliers"]): string =>
  outliers === null ? MISSING : String(sum(Object.values(outliers)));

function metricRows(condition: string, metric: string, summary: MetricSummary): string[][] {
  const { unit, trials, n, outliers, precision, without_outliers: trimmed } = summary;
  const of = trials === null || trials === n ? "" : ` of ${trials}`;
  return [
    [condition, metric, unit, `${n}${of}`, labelled(outliers), ...numbers(summary, precision?.half_width_pct ?? null)],
    ...(trimmed === null ? [] : [[`${condition}, no outliers`, metric, unit, String(trimmed.n), "", ...numbers(trimmed, null)]]),
  ];
}

export const numbers = (description: Description | MetricSummary, halfWidth_pct: number | null): string[] => {
  const { mean, mean_ci, sd, mad, median, median_ci, min, max } = description;
  return [ms(mean), interval(mean_ci), ms(sd), ms(mad), ms(median), interval(median_ci), pct(halfWidth_pct), ms(min), ms(max)];
};

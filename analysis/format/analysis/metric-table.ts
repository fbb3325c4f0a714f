/** Any experiment's table: one row a condition and metric; a second one without outliers, where it was asked for. */
import type { Description } from "../../samples/describe.ts";
import { interval, MISSING, ms, pct } from "../../samples/numbers.ts";
import { sum } from "../../statistics/sum.ts";
import { levelOf, meanEnds } from "../../summaries/described.ts";
import type { ConditionSummary, MetricSummary } from "../../summaries/summary.ts";
import { type Block, besides, left, right } from "../document/document.ts";
import { besidePhases } from "./parts.ts";

export function metricTable(experiment: string, conditions: readonly ConditionSummary[]): Block {
  return {
    kind: "table",
    caption: experiment,
    names: 3,
    columns: [
      ...[left("condition"), left("metric"), left("unit"), right("n"), right("outliers"), right("mean"), besides("95 % CI")],
      ...[right("SD"), right("MAD"), right("median"), besides("95 % CI"), besides("±%"), right("min"), right("max")],
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
  const { unit, trials, n, outliers, without_outliers: trimmed } = summary;
  const of = trials === null || trials === n ? "" : ` of ${trials}`;
  return [
    [condition, metric, unit, `${n}${of}`, labelled(outliers), ...numbers(summary)],
    ...(trimmed === null
      ? []
      : [[`${condition}, no outliers`, metric, unit, String(trimmed.n), "", ...withoutOutliers(trimmed, summary)]]),
  ];
}

/** The median and its interval as every screen has them. */
export const numbers = (summary: MetricSummary): string[] => {
  const { mean, precision } = summary;
  const { value, ends, of } = levelOf(summary);
  return cells(
    summary,
    { mean, mean_ci: meanEnds(summary), median: value, median_ci: ends },
    of === "sessions" ? precision?.sessions_half_width_pct : precision?.half_width_pct,
  );
};

/** Over sessions nothing is known without them. */
export const withoutOutliers = (trimmed: Description, whole: MetricSummary): string[] =>
  cells(trimmed, levelOf(whole).of === "sessions" ? { ...trimmed, mean_ci: null, median_ci: null } : trimmed, null);

type Located = { [Key in "mean" | "mean_ci" | "median" | "median_ci"]: MetricSummary[Key] };

const cells = (
  { sd, mad, min, max }: Pick<MetricSummary, "sd" | "mad" | "min" | "max">,
  { mean, mean_ci, median, median_ci }: Located,
  halfWidth_pct: number | null | undefined,
): string[] => [
  ...[
    ms(mean),
    interval(mean_ci),
    ms(sd),
    ms(mad),
    ms(median),
    interval(median_ci),
    pct(halfWidth_pct ?? null),
    ms(min),
    ms(max),
  ],
];

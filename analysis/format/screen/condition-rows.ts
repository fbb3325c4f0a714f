/** The conditions of an experiment, a row each, as the screen shows them. */
import { lazily } from "../../samples/lazily.ts";
import { byModeAndSize } from "../../subjects/condition-order.ts";
import type { ConditionSummary, MetricSummary, PlatformSummary } from "../../summaries/summary.ts";
import { startFactors } from "../analysis/parts.ts";

export interface ConditionRow {
  readonly summary: ConditionSummary;
  readonly name: string;
  /** The metric that answers the experiment's question: the first that it declares. */
  readonly metric: string;
  readonly measured: MetricSummary;
  /** No certain difference from the first row of its mode, paired within blocks. */
  readonly alike: boolean;
}

type Row = Omit<ConditionRow, "alike">;

/** Their conditions are images, some in two modes. */
const OF_STARTS: ReadonlySet<string> = new Set(["startup", "why"]);

/** Warm before cold, small before large, variants as they were named. */
export function conditionRows({ conditions, paired }: PlatformSummary, experiment: string): ConditionRow[] {
  const own = conditions.filter((condition) => condition.experiment === experiment);
  const ordered = OF_STARTS.has(experiment) ? own.toSorted((a, b) => byModeAndSize(place(a), place(b))) : own;
  const rows = ordered.flatMap((summary): Row[] => {
    const [metric, measured] = mainMetric(summary) ?? [];
    return metric === undefined || measured === undefined ? [] : [{ summary, name: summary.condition, metric, measured }];
  });
  return rows.map((row) => lazily(row, { alike: () => isAlike(row, rows, paired) }));
}

/** No mark would read as a difference: where a row was not compared with the first of its mode, none of that mode is marked. */
function isAlike(row: Row, rows: readonly Row[], paired: PlatformSummary["paired"]): boolean {
  const [first, ...others] = rows.filter(
    ({ summary, metric, measured }) => metric === row.metric && modeOf(summary) === modeOf(row.summary) && measured.n > 0,
  );
  const pOf = ({ name, summary, metric }: Row): number | null =>
    paired.find(
      (pair) =>
        pair.experiment === summary.experiment &&
        pair.metric === metric &&
        [pair.a, pair.b].includes(name) &&
        [pair.a, pair.b].includes(first?.name ?? ""),
    )?.p_holm ?? null;
  if (!others.includes(row) || others.some((other) => pOf(other) === null)) return false;
  return (pOf(row) ?? 0) >= 0.05;
}

function place(condition: ConditionSummary): { readonly image: string; readonly mode: string } {
  const { variant: _, ...factors } = condition.factors;
  return startFactors({ ...condition, factors });
}

const modeOf = ({ factors }: ConditionSummary): string => factors.mode ?? "";

/** Of starts the total; it has a name of its own in every experiment. The others are not looked at, and so not made. */
function mainMetric({ metrics }: ConditionSummary): [string, MetricSummary] | undefined {
  let first: [string, MetricSummary] | undefined;
  for (const name of Object.keys(metrics)) {
    const metric = metrics[name] as MetricSummary;
    if (metric.part !== null) continue;
    if (metric.n > 0) return [name, metric];
    first ??= [name, metric];
  }
  return first;
}

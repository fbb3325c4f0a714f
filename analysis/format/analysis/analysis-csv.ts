/** `analyze --format csv`: one row a platform, condition and quantity, unrounded, for other programs. */
import { count, optional } from "../../../research/csv/cells.ts";
import { defineTable } from "../../../research/table.ts";
import type { ConditionSummary, MetricSummary, PlatformSummary } from "../../summaries/summary.ts";
import { ends, maybe, name } from "../document/csv-columns.ts";
import { besidePhases, failuresOf, phasesOf } from "./parts.ts";

const table = defineTable("summary", "One row a platform, condition and quantity.", {
  platform: name("label"),
  experiment: name("experiment"),
  condition: name("condition"),
  probe: name("of the starts; empty elsewhere"),
  quantity: name("metric, tier or phase"),
  unit: name("of all numbers up to the shares"),
  n: count("trials summarised"),
  failed: optional(count("trials without a value")),
  mean: maybe("mean"),
  mean_lo: maybe("its 95 % interval, t, or as intervals says"),
  mean_hi: maybe("its 95 % interval, t, or as intervals says"),
  sd: maybe("standard deviation"),
  mad: maybe("median absolute deviation × 1.4826"),
  median: maybe("median"),
  median_lo: maybe("its interval, order statistics, or as intervals says"),
  median_hi: maybe("its interval, order statistics"),
  median_ci_coverage: maybe("what the interval covers"),
  q25: maybe("first quartile, type 7"),
  q75: maybe("third quartile, type 7"),
  p99: maybe("99th percentile, where its interval is finite"),
  p99_lo: maybe("its interval, order statistics"),
  p99_hi: maybe("its interval, order statistics"),
  min: maybe("least"),
  max: maybe("greatest"),
  share_pct: maybe("of the summed total, of tiers and phases"),
  share_lo: maybe("its interval, Fieller"),
  share_hi: maybe("its interval, Fieller"),
  sessions: optional(count("sessions, where the source distinguishes them")),
  session_median: maybe("geometric mean of the sessions' medians"),
  session_median_lo: maybe("its 95 % interval, t on logarithms"),
  session_median_hi: maybe("its 95 % interval, t on logarithms"),
  intervals: name("dependent where trials depend on those before them, and the intervals know of it"),
  defects: name("separated by semicolons: nothing is concluded from this number"),
  cautions: name("separated by semicolons"),
});

type Row = Parameters<typeof table.formatRow>[0];

export const summaryCsv = (platforms: readonly PlatformSummary[]): string =>
  table.header +
  platforms
    .flatMap(({ label, conditions }) => conditions.flatMap((condition) => conditionRows(label, condition)))
    .map((row) => table.formatRow(row))
    .join("");

/** Of startup with its phases; the other experiments have theirs in the JSON. */
function conditionRows(platform: string, of: ConditionSummary): Row[] {
  const { experiment, condition, metrics } = of;
  const startup = experiment === "startup" && metrics.total_ms !== undefined;
  const place = { platform, experiment, condition, probe: startup ? (of.probe ?? "") : "" };
  const row = (quantity: string, summary: MetricSummary): Row => {
    const failed = startup ? failuresOf(of) : summary.trials === null ? null : summary.trials - summary.n;
    return { ...place, quantity, unit: summary.unit, failed, ...described(summary), ...shares(startup ? summary.part : null) };
  };
  const whole = besidePhases(of).map(([quantity, summary]) => row(quantity, summary));
  if (!startup) return whole;
  const phases = phasesOf(of).map((summary): Row => {
    const { n, median, part } = summary;
    return { ...row(part.phase, summary), ...described(null), ...ofSessions(summary), n, median };
  });
  return [...whole, ...phases];
}

const described = (summary: MetricSummary | null) => ({
  n: summary?.n ?? 0,
  mean: summary?.mean ?? null,
  ...ends("mean", summary?.mean_ci ?? null),
  sd: summary?.sd ?? null,
  mad: summary?.mad ?? null,
  median: summary?.median ?? null,
  ...ends("median", summary?.median_ci ?? null),
  median_ci_coverage: summary?.median_ci_coverage ?? null,
  q25: summary?.q25 ?? null,
  q75: summary?.q75 ?? null,
  p99: summary?.p99 ?? null,
  ...ends("p99", summary?.p99_ci ?? null),
  min: summary?.min ?? null,
  max: summary?.max ?? null,
  ...ofSessions(summary),
  intervals: summary?.intervals ?? "independent",
  defects: summary?.defects.join("; ") ?? "",
  cautions: summary?.cautions.join("; ") ?? "",
});

const ofSessions = (summary: MetricSummary | null) => ({
  sessions: summary?.sessions?.sessions ?? null,
  session_median: summary?.sessions?.median ?? null,
  ...ends("session_median", summary?.sessions?.median_ci ?? null),
});

const shares = (part: MetricSummary["part"]) => ({
  share_pct: part?.share_pct ?? null,
  ...ends("share", part?.share_ci ?? null),
});

/** `analyze --format csv`: one row a platform, condition and quantity, unrounded, for other programs. */

import { count, optional } from "../../../research/csv/cells.ts";
import { TIERS } from "../../../research/phases.ts";
import { defineTable } from "../../../research/table.ts";
import type { Description } from "../../samples/describe.ts";
import type { Interval } from "../../statistics/interval.ts";
import type { MeasuredExperiment } from "../../summaries/summarise-measurements.ts";
import type { PlatformSummary, StudySummary } from "../../summaries/summarise-platform.ts";
import { ends, maybe, name } from "../document/csv-columns.ts";

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
  mean_lo: maybe("its 95 % interval, t"),
  mean_hi: maybe("its 95 % interval, t"),
  sd: maybe("standard deviation"),
  mad: maybe("median absolute deviation × 1.4826"),
  median: maybe("median"),
  median_lo: maybe("its interval, order statistics"),
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
  share_lo: maybe("its interval, bootstrap"),
  share_hi: maybe("its interval, bootstrap"),
});

type Row = Parameters<typeof table.formatRow>[0];
type Place = Pick<Row, "platform" | "experiment" | "condition" | "probe" | "quantity" | "unit" | "failed">;

export const summaryCsv = (platforms: readonly (PlatformSummary | StudySummary)[]): string =>
  table.header +
  platforms
    .flatMap((platform) =>
      "sessions" in platform
        ? [...startRows(platform), ...measuredRows(platform.label, platform.measured)]
        : measuredRows(platform.label, platform.experiments),
    )
    .map((row) => table.formatRow(row))
    .join("");

const startRows = ({ label, experiments }: PlatformSummary): Row[] =>
  experiments.startup.conditions.flatMap(({ image, mode, probe, failed, total_ms, tiers, phases }) => {
    const place = { platform: label, experiment: "startup", condition: `${image} ${mode}`, probe, unit: "ms", failed };
    return [
      described({ ...place, quantity: "total_ms" }, total_ms),
      ...TIERS.map((tier) => {
        const summary = tiers[`${tier}_ms`];
        return { ...described({ ...place, quantity: `${tier}_ms` }, summary), ...shares(summary) };
      }),
      ...phases.map((phase) => ({
        ...described({ ...place, quantity: phase.phase }, null),
        ...{ n: phase.n, median: phase.median_ms, ...shares(phase) },
      })),
    ];
  });

const measuredRows = (platform: string, experiments: Readonly<Record<string, MeasuredExperiment>>): Row[] =>
  Object.entries(experiments).flatMap(([experiment, { conditions }]) =>
    conditions.flatMap(({ condition, trials, metrics }) =>
      Object.entries(metrics).map(([quantity, summary]) => {
        const made = trials[quantity] ?? null;
        const failed = made === null ? null : made - (summary?.n ?? 0);
        return described({ platform, experiment, condition, probe: "", quantity, unit: summary?.unit ?? "", failed }, summary);
      }),
    ),
  );

function described(place: Place, description: Description | null): Row {
  return {
    ...place,
    n: description?.n ?? 0,
    mean: description?.mean ?? null,
    ...ends("mean", description?.mean_ci ?? null),
    sd: description?.sd ?? null,
    mad: description?.mad ?? null,
    median: description?.median ?? null,
    ...ends("median", description?.median_ci ?? null),
    median_ci_coverage: description?.median_ci_coverage ?? null,
    q25: description?.q25 ?? null,
    q75: description?.q75 ?? null,
    p99: description?.p99 ?? null,
    ...ends("p99", description?.p99_ci ?? null),
    min: description?.min ?? null,
    max: description?.max ?? null,
    ...shares(null),
  };
}

const shares = (summary: { readonly share_pct: number; readonly share_ci: Interval | null } | null) => ({
  share_pct: summary?.share_pct ?? null,
  ...ends("share", summary?.share_ci ?? null),
});

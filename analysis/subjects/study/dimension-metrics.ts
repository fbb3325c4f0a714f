/** What is measured of the published study's dimensions by its own commands; a metric belongs to some of them. */
import type { StudyDimension, studyDimensionsTable } from "../../../research/tables/study/dimensions.ts";
import { countOf, memoryOf, roundTripOf, speedOf } from "../../../research/tables/study/printed.ts";
import type { Nanoseconds } from "../../../research/units.ts";
import type { Metric } from "../measured-table.ts";

type Row = typeof studyDimensionsTable.unmeasured & { readonly dimension: StudyDimension };

/** Not set to 0 where it is negative, as the study does. */
export const differenceMs = ({ wall_ns, baseline_ns }: Record<"wall_ns" | "baseline_ns", Nanoseconds | null>): number | null =>
  wall_ns === null || baseline_ns === null ? null : (wall_ns - baseline_ns) / 1e6;

export function measuredPct({ printed, baseline_printed }: Pick<Row, "printed" | "baseline_printed">): number | null {
  const [counted, whole] = [countOf(printed), countOf(baseline_printed)];
  return counted === null || whole === null || whole === 0 ? null : (100 * counted) / whole;
}

export const totalMemory = ({ printed }: Pick<Row, "printed">): number | null =>
  memoryOf(printed)?.reduce((sum, size) => sum + size, 0) ?? null;

const of = (
  dimensions: readonly StudyDimension[],
  unit: string,
  better: "lower" | "higher" | null,
  value: (row: Row) => number | null,
): Metric<Row> => ({ unit, better, value: (row) => (dimensions.includes(row.dimension) ? value(row) : undefined) });

export const STUDY_DIMENSION_METRICS = {
  difference_ms: of(["copy-up", "metadata"], "ms", "lower", differenceMs),
  measured_pct: of(["cpu-throttling"], "%", null, measuredPct),
  dd_mbps: of(["write"], "MB/s", "higher", ({ printed }) => speedOf(printed)),
  process_ms: of(["namespaces"], "ms", "lower", ({ wall_ns }) => (wall_ns === null ? null : wall_ns / 1e6)),
  ping_ms: of(["network"], "ms", "lower", ({ printed }) => roundTripOf(printed)),
  stats_mib: of(["memory"], "MiB", "lower", totalMemory),
};

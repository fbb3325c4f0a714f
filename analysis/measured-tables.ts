/** What the experiments other than startup measure: which columns make which metric, in which unit, and which way is better. */
import { copyUpTable } from "../research/tables/copy-up.ts";
import { cpuThrottlingTable } from "../research/tables/cpu-throttling.ts";
import { metadataTable } from "../research/tables/metadata.ts";
import { namespacesTable } from "../research/tables/namespaces.ts";
import { writeTable } from "../research/tables/write.ts";
import { type Nanoseconds, toMilliseconds } from "../research/units.ts";
import { type MeasuredTable, type Metric, measuredTable } from "./measured-table.ts";

const ms = (time: Nanoseconds | null): number | null => (time === null ? null : toMilliseconds(time));
const us = (time: Nanoseconds | null): number | null => (time === null ? null : time / 1_000);
const per = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;

const lower = <R>(unit: string, value: Metric<R>["value"]): Metric<R> => ({ unit, better: "lower", value });
const megabytes = (bytes: number): string => `${bytes / 1e6} MB`;

export const MEASURED_TABLES: readonly MeasuredTable[] = [
  measuredTable(copyUpTable, ({ storage, file_bytes }) => ({ storage, file: megabytes(file_bytes) }), {
    first_write_ms: lower("ms", ({ first_write_ns }) => ms(first_write_ns)),
    second_write_ms: lower("ms", ({ second_write_ns }) => ms(second_write_ns)),
  }),
  measuredTable(cpuThrottlingTable, ({ cpu_limit }) => ({ limit: cpu_limit }), {
    // As much as the limit allows: neither more nor less.
    cpus: { unit: "CPUs", better: null, value: ({ usage_ns, wall_ns }) => per(usage_ns, wall_ns) },
    throttled_pct: {
      unit: "% of periods",
      better: null,
      value: ({ throttled_periods, periods }) => percent(per(throttled_periods, periods)),
    },
  }),
  measuredTable(writeTable, ({ storage, mode }) => ({ storage, mode }), {
    speed_mbps: {
      unit: "MB/s",
      better: "higher",
      value: ({ bytes, write_ns }) => per(bytes === null ? null : bytes / 1e6, write_ns === null ? null : write_ns / 1e9),
    },
  }),
  measuredTable(metadataTable, ({ storage }) => ({ storage }), {
    create_ms: lower("ms", ({ create_ns }) => ms(create_ns)),
    stat_ms: lower("ms", ({ stat_ns }) => ms(stat_ns)),
    rename_ms: lower("ms", ({ rename_ns }) => ms(rename_ns)),
    delete_ms: lower("ms", ({ delete_ns }) => ms(delete_ns)),
  }),
  measuredTable(namespacesTable, ({ namespace }) => ({ namespace }), {
    unshare_us: lower("µs", ({ unshare_ns }) => us(unshare_ns)),
    clone_us: lower("µs", ({ clone_ns }) => us(clone_ns)),
  }),
];

const percent = (share: number | null): number | null => (share === null ? null : 100 * share);

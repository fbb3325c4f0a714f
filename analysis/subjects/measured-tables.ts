/** What the experiments other than startup measure: which columns make which metric, in which unit, and which way is better. */
import { actRuleOf } from "../../research/act-rule.ts";
import { TIERS, type Tier } from "../../research/phases.ts";
import { type MarkClock, type Probe, seenBy } from "../../research/protocol.ts";
import { burstTable } from "../../research/tables/burst.ts";
import { coldRootfsTable } from "../../research/tables/cold-rootfs.ts";
import type { MilestoneColumn } from "../../research/tables/columns/milestone-columns.ts";
import { copyUpTable } from "../../research/tables/copy-up.ts";
import { cpuThrottlingTable } from "../../research/tables/cpu-throttling.ts";
import { densityTable } from "../../research/tables/density.ts";
import { ladderTable, RUNGS } from "../../research/tables/ladder.ts";
import { memoryTable } from "../../research/tables/memory.ts";
import { metadataTable } from "../../research/tables/metadata.ts";
import { namespacesTable } from "../../research/tables/namespaces.ts";
import { networkTable } from "../../research/tables/network.ts";
import { networkTargetTable } from "../../research/tables/network-target.ts";
import { pullTable } from "../../research/tables/pull.ts";
import { readyTable } from "../../research/tables/ready.ts";
import { writeTable } from "../../research/tables/write.ts";
import { type Nanoseconds, toMilliseconds } from "../../research/units.ts";
import { decompose } from "./decompose.ts";
import { type MeasuredTable, type Metric, measuredTable } from "./measured-table.ts";
import type { Way } from "./measurement.ts";

const ms = (time: Nanoseconds | null): number | null => (time === null ? null : toMilliseconds(time));
const us = (time: Nanoseconds | null): number | null => (time === null ? null : time / 1_000);
const per = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;
const percent = (share: number | null): number | null => (share === null ? null : 100 * share);

const lower = <R>(unit: string, value: Metric<R>["value"]): Metric<R> => ({ unit, better: "lower", value });
const megabytes = (bytes: number): string => `${bytes / 1e6} MB`;

/** What ended a start, and what stamped the marks of a workload. */
const byProbe = ({ probe }: { readonly probe: Probe | null }): Way => (probe === null ? {} : { probe: seenBy(probe) });
const byClock = ({ clock }: { readonly clock: MarkClock | null }): Way => (clock === null ? {} : { clock });

type Told = Parameters<typeof actRuleOf>[0];
type Milestones = Readonly<Record<MilestoneColumn, Nanoseconds | null>> & Told;
/** A time that ends with the entrypoint's act. */
const untilAct = <R extends Told>(value: Metric<R>["value"]): Metric<R> => ({
  ...lower("ms", value),
  actRule: actRuleOf,
});

/** What startup.csv says of a start; empty tiers are those that cannot be told apart. */
const START = {
  total_ms: untilAct<Milestones>((row) => ms(decompose(row).total_ns)),
  ...(Object.fromEntries(
    TIERS.map((tier) => {
      const time = (row: Milestones) => ms(decompose(row).tiers[`${tier}_ns`]);
      return [`${tier}_ms`, tier === "process" ? untilAct(time) : lower<Milestones>("ms", time)];
    }),
  ) as Record<`${Tier}_ms`, Metric<Milestones>>),
};

/** From the moment for which the start was intended, so that waiting for one's turn counts. */
interface Intended extends Told {
  readonly late_ns: Nanoseconds | null;
  readonly entry_acts_ns: Nanoseconds | null;
}
const sinceIntended = ({ late_ns, entry_acts_ns }: Intended): number | null =>
  late_ns === null || entry_acts_ns === null ? null : (late_ns + entry_acts_ns) / 1e6;

type RoundTrips = typeof networkTable.unmeasured;

type PullMark = "download_begin_ns" | "verify_begin_ns" | "download_done_ns" | "extract_begin_ns" | "pulled_ns";
type PullRow = Readonly<Record<PullMark, Nanoseconds | null>> & { readonly layer: string | null };

/** How long the layers of a pull took between two marks; `null` where not every layer has both. */
const overLayers =
  (from: PullMark, to: PullMark) =>
  (rows: readonly PullRow[]): number | null => {
    let total = 0;
    for (const row of rows.filter(({ layer }) => layer !== null)) {
      const [begin, end] = [row[from], row[to]];
      if (begin === null || end === null) return null;
      total += end - begin;
    }
    return rows.length > 1 ? total / 1e6 : null;
  };

/** Of messages that a container exchanges with a peer. */
const ROUND_TRIPS = {
  median_us: lower<RoundTrips>("µs", ({ median_ns }) => us(median_ns)),
  p99_us: lower<RoundTrips>("µs", ({ p99_ns }) => us(p99_ns)),
  lost_pct: lower<RoundTrips>("%", ({ lost, exchanges }) =>
    lost === null || exchanges === null ? null : percent(per(lost, lost + exchanges)),
  ),
};

export const MEASURED_TABLES: readonly MeasuredTable[] = [
  measuredTable(copyUpTable, {
    factors: ({ storage, file_bytes }) => ({ storage, file: megabytes(file_bytes) }),
    way: byClock,
    metrics: {
      first_write_ms: lower("ms", ({ first_write_ns }) => ms(first_write_ns)),
      second_write_ms: lower("ms", ({ second_write_ns }) => ms(second_write_ns)),
    },
  }),
  measuredTable(cpuThrottlingTable, {
    factors: ({ cpu_limit }) => ({ limit: cpu_limit }),
    metrics: {
      // As much as the limit allows: neither more nor less.
      cpus: { unit: "CPUs", better: null, value: ({ usage_ns, wall_ns }) => per(usage_ns, wall_ns) },
      throttled_pct: {
        unit: "% of periods",
        better: null,
        value: ({ cpu_limit, throttled_periods, periods }) =>
          cpu_limit === "none" ? undefined : percent(per(throttled_periods, periods)),
      },
    },
  }),
  measuredTable(writeTable, {
    factors: ({ storage, mode }) => ({ storage, mode }),
    way: byClock,
    metrics: {
      speed_mbps: {
        unit: "MB/s",
        better: "higher",
        value: ({ bytes, write_ns }) => per(bytes === null ? null : bytes / 1e6, write_ns === null ? null : write_ns / 1e9),
      },
    },
  }),
  measuredTable(metadataTable, {
    factors: ({ storage }) => ({ storage }),
    way: byClock,
    metrics: {
      create_ms: lower("ms", ({ create_ns }) => ms(create_ns)),
      stat_ms: lower("ms", ({ stat_ns }) => ms(stat_ns)),
      rename_ms: lower("ms", ({ rename_ns }) => ms(rename_ns)),
      delete_ms: lower("ms", ({ delete_ns }) => ms(delete_ns)),
    },
  }),
  measuredTable(namespacesTable, {
    factors: ({ namespace }) => ({ namespace }),
    metrics: {
      unshare_us: lower("µs", ({ unshare_ns }) => us(unshare_ns)),
      clone_us: lower("µs", ({ clone_ns }) => us(clone_ns)),
    },
  }),
  measuredTable(ladderTable, {
    factors: ({ rung }) => ({ rung }),
    order: RUNGS,
    metrics: {
      to_first_byte_ms: lower("ms", ({ first_byte_ns }) => ms(first_byte_ns)),
      // Until nothing of it is left: a process that makes a container removes it before it ends.
      to_end_ms: lower("ms", ({ rung, ended_ns, removed_ns }) => ms(rung === "api" ? removed_ns : ended_ns)),
      spawn_ms: lower("ms", ({ rung, spawned_ns }) => (rung === "api" ? undefined : ms(spawned_ns))),
    },
  }),
  measuredTable(networkTable, { factors: ({ network, protocol }) => ({ network, protocol }), metrics: ROUND_TRIPS }),
  measuredTable(networkTargetTable, {
    // The target is a factor: other hosts are not the same condition.
    factors: ({ network, target }) => ({ network, target }),
    way: ({ address }) => (address === null ? {} : { address }),
    metrics: ROUND_TRIPS,
  }),
  measuredTable(memoryTable, {
    factors: ({ population }) => ({ containers: population }),
    metrics: {
      sharing_pct: {
        unit: "% of resident pages",
        better: "higher",
        value: ({ pss_bytes, rss_bytes }) => {
          const own = per(pss_bytes, rss_bytes);
          return own === null ? null : 100 * (1 - own);
        },
      },
      pss_mb: lower("MB a container", ({ pss_bytes, containers }) =>
        per(pss_bytes === null ? null : pss_bytes / 1e6, containers),
      ),
    },
  }),
  measuredTable(pullTable, {
    factors: ({ image }) => ({ image }),
    metrics: { pull_ms: lower("ms", ({ layer, pulled_ns }) => (layer === null ? ms(pulled_ns) : undefined)) },
    // Sums over the layers: they are downloaded side by side and extracted one after the other.
    trialMetrics: {
      download_ms: { unit: "ms", better: "lower", value: overLayers("download_begin_ns", "verify_begin_ns") },
      verify_ms: { unit: "ms", better: "lower", value: overLayers("verify_begin_ns", "download_done_ns") },
      extract_ms: { unit: "ms", better: "lower", value: overLayers("extract_begin_ns", "pulled_ns") },
    },
  }),
  measuredTable(readyTable, { factors: ({ application }) => ({ application }), way: byProbe, metrics: START }),
  measuredTable(burstTable, {
    factors: ({ size }) => ({ size: `${size}` }),
    way: byProbe,
    metrics: { since_intended_ms: untilAct<Intended>(sinceIntended), ...START },
    trialMetrics: {
      throughput: {
        unit: "starts/s",
        better: "higher",
        actRule: actRuleOf,
        value: (starts) => {
          const ended = starts.map(sinceIntended);
          return ended.includes(null) ? null : starts.length / (Math.max(...(ended as number[])) / 1e3);
        },
      },
    },
  }),
  measuredTable(densityTable, { factors: ({ idle }) => ({ idle: `${idle} idle` }), way: byProbe, metrics: START }),
  measuredTable(coldRootfsTable, { factors: ({ image, mode }) => ({ image, mode }), way: byProbe, metrics: START }),
];

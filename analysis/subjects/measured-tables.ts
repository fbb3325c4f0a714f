/** What every experiment measures: which columns make which metric, in which unit, and which way is better. */
import { actRuleOf } from "../../research/act-rule.ts";
import { identityOf } from "../../research/image-identity.ts";
import { pulledFrom, type Session } from "../../research/manifest.ts";
import { type ExperimentName, IMAGE_SIZES, type MarkClock, type Probe, seenBy } from "../../research/protocol.ts";
import { STOP_MILESTONE_NAMES } from "../../research/stop/milestones.ts";
import { partitionStop, STOP_PHASE_NAMES, type StopPhaseName } from "../../research/stop/phases.ts";
import { burstTable } from "../../research/tables/burst.ts";
import { coldRootfsTable } from "../../research/tables/cold-rootfs.ts";
import { conditionName, type TrialRow, type TrialTable } from "../../research/tables/columns/trial-table.ts";
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
import { type StartupRow, startupCondition, startupTable } from "../../research/tables/startup.ts";
import { stopTable } from "../../research/tables/stop.ts";
import { studyDimensionsTable } from "../../research/tables/study/dimensions.ts";
import { studyPullTable } from "../../research/tables/study/pull.ts";
import { studyColdTable, studyWarmTable } from "../../research/tables/study/starts.ts";
import { whyTable } from "../../research/tables/why.ts";
import { writeTable } from "../../research/tables/write.ts";
import type { Nanoseconds } from "../../research/units.ts";
import { CAUSE_NAMES, type Cause } from "../../research/why/causes.ts";
import { sum } from "../statistics/sum.ts";
import { causeMetric } from "./causes/cause-times.ts";
import type { Context } from "./context.ts";
import { type Declaration, gatherer, type MeasuredTable, type Metric, measuredTable, type Way } from "./measured-table.ts";
import { DOCKER_RUN_METRICS } from "./metrics/docker-run-metrics.ts";
import { lower, ms } from "./metrics/metric.ts";
import { START, START_METRICS, type Told, untilAct } from "./metrics/start-metrics.ts";
import { STUDY_DIMENSION_METRICS } from "./study/dimension-metrics.ts";

const us = (time: Nanoseconds | null): number | null => (time === null ? null : time / 1_000);
const per = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;
const percent = (share: number | null): number | null => (share === null ? null : 100 * share);

const megabytes = (bytes: number): string => `${bytes / 1e6} MB`;

/** What ended a start, and what stamped the marks of a workload. */
const byProbe = ({ probe }: { readonly probe: Probe | null }): Way => (probe === null ? {} : { probe: seenBy(probe) });
const byClock = ({ clock }: { readonly clock: MarkClock | null }): Way => (clock === null ? {} : { clock });

/** From the moment for which the start was intended, so that waiting for one's turn counts. */
interface Intended extends Told {
  readonly late_ns: Nanoseconds | null;
  readonly entry_acts_ns: Nanoseconds | null;
}
const sinceIntended = ({ late_ns, entry_acts_ns }: Intended): number | null =>
  late_ns === null || entry_acts_ns === null ? null : (late_ns + entry_acts_ns) / 1e6;

const readySinceIntended = ({ late_ns, ready_ns }: Intended & Awaited): number | null =>
  late_ns === null || ready_ns === null ? null : (late_ns + ready_ns) / 1e6;

interface Awaited extends Told {
  readonly ready_ns: Nanoseconds | null;
}
/** A time after the total. */
const readyTime: Metric<Awaited> = { ...lower("ms", ({ ready_ns }) => ms(ready_ns)), onlyWhereSeen: true };

type ReadyRow = typeof readyTable.unmeasured & Pick<TrialRow<object, object>, "outcome">;

/** What told that an application was ready: in older files, and from engines elsewhere, the entrypoint's act. */
function askedBy({ outcome, ready_ns, entry_acts_ns }: ReadyRow): Way {
  if (outcome !== "ok") return {};
  return { until: ready_ns === null || ready_ns === entry_acts_ns ? "the entrypoint acts" : "it answers the engine's network" };
}

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

type WhyRow = { readonly total_ns: Nanoseconds | null; readonly cause: Cause | null; readonly ns: Nanoseconds | null };
/** `null` where rows of the trial are missing: its file was cut off within it. */
const explained =
  (value: (rows: readonly WhyRow[]) => number | null) =>
  (rows: readonly WhyRow[]): number | null =>
    sum(rows.map(({ ns }) => ns ?? 0)) === rows[0]?.total_ns ? value(rows) : null;
const causeTime = (cause: Cause) => explained((rows) => sum(rows.map((row) => (row.cause === cause ? (row.ns ?? 0) : 0))) / 1e6);

type StopRow = typeof stopTable.unmeasured;

/** Alone: not together with phases that were not seen. */
function stopPhase(row: StopRow, name: StopPhaseName): Nanoseconds | null {
  const milestones = STOP_MILESTONE_NAMES.flatMap((milestone) => {
    const at = row[`${milestone}_ns`];
    return at === null ? [] : [[milestone, at] as const];
  });
  const found = partitionStop(Object.fromEntries(milestones)).phases.find(({ phase }) => phase === name);
  return found === undefined || found.encloses.length > 0 ? null : found.duration_ns;
}

/** Of messages that a container exchanges with a peer. */
const ROUND_TRIPS = {
  median_us: lower<RoundTrips>("µs", ({ median_ns }) => us(median_ns)),
  p99_us: lower<RoundTrips>("µs", ({ p99_ns }) => us(p99_ns)),
  lost_pct: lower<RoundTrips>("%", ({ lost, exchanges }) =>
    lost === null || exchanges === null ? null : percent(per(lost, lost + exchanges)),
  ),
};

const dockerRuns = (table: typeof studyWarmTable | typeof studyColdTable): MeasuredTable =>
  trials(table, {
    factors: ({ image }) => ({ image }),
    order: IMAGE_SIZES,
    way: byProbe,
    start: START,
    metrics: { ...DOCKER_RUN_METRICS, ...START_METRICS },
  });

/** Beside startup, tables have columns for what a condition is, and platform.json has its images and its workload. */
const trials = <C, M>(
  table: TrialTable<C, M>,
  declared: Omit<Declaration<TrialRow<C, M>>, "planned" | "context">,
): MeasuredTable =>
  measuredTable(
    table,
    gatherer<TrialRow<C, M>>(table.name, {
      ...declared,
      planned: (row) => conditionName(table, row),
      context: (session, planned): Context => {
        const plan = session?.experiments?.find(({ name }) => name === table.name);
        const images = plan?.images?.filter(({ conditions }) => conditions.includes(planned)).map(identityOf) ?? [];
        const registry =
          session !== undefined && (table.name === "pull" || table.name === "study-pull") ? pulledFrom(session) : undefined;
        return {
          ...(images.length === 0 ? {} : { images }),
          ...(plan?.workload === undefined ? {} : { workload: plan.workload }),
          ...(registry === undefined ? {} : { registry }),
        };
      },
    }),
  );

/** Of the condition's variant; of a session without any there are none. */
function flagsOf(session: Session | undefined, planned: string): Pick<Context, "flags"> {
  const [, , name = null] = planned.split(" ");
  const flags = session?.variants?.find((variant) => variant.name === name)?.flags;
  return session === undefined ? {} : { flags: flags?.join(" ") || "none" };
}

export const gatherStartup = gatherer<StartupRow>("startup", {
  factors: ({ image, mode, variant }) => (variant === null ? { image, mode } : { image, mode, variant }),
  planned: startupCondition,
  order: null,
  oneRowATrial: true,
  image: ({ image }) => image,
  way: byProbe,
  // Its images and its command are the session's.
  context: (session, planned) => ({
    images: [identityOf(session?.images.find(({ name }) => planned.startsWith(`${name} `)) ?? { digest: "unknown" })],
    command: session?.command.join(" ") ?? "unknown",
    ...(session?.until === undefined ? {} : { until: session.until }),
    ...flagsOf(session, planned),
  }),
  act: ({ act_rule, entry_exec_ns, entry_acts_ns, first_byte_ns, clock_error_ns }) => ({
    ...{ rule: act_rule, watched: entry_exec_ns !== null, clock_error_ns },
    offsets: { entry_acts: entry_acts_ns, first_byte: first_byte_ns },
  }),
  start: START,
  metrics: { ...START_METRICS, ready_ms: readyTime },
});

/** In the order in which they are read and shown. */
export const MEASURED_TABLES: Readonly<Record<ExperimentName, MeasuredTable>> = {
  startup: measuredTable({ name: "startup", read: startupTable.read }, gatherStartup),
  "copy-up": trials(copyUpTable, {
    factors: ({ storage, file_bytes }) => ({ storage, file: megabytes(file_bytes) }),
    way: byClock,
    metrics: {
      first_write_ms: lower("ms", ({ first_write_ns }) => ms(first_write_ns)),
      second_write_ms: lower("ms", ({ second_write_ns }) => ms(second_write_ns)),
    },
  }),
  "cpu-throttling": trials(cpuThrottlingTable, {
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
  write: trials(writeTable, {
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
  metadata: trials(metadataTable, {
    factors: ({ storage }) => ({ storage }),
    way: byClock,
    metrics: {
      create_ms: lower("ms", ({ create_ns }) => ms(create_ns)),
      stat_ms: lower("ms", ({ stat_ns }) => ms(stat_ns)),
      rename_ms: lower("ms", ({ rename_ns }) => ms(rename_ns)),
      delete_ms: lower("ms", ({ delete_ns }) => ms(delete_ns)),
    },
  }),
  namespaces: trials(namespacesTable, {
    factors: ({ namespace }) => ({ namespace }),
    metrics: {
      unshare_us: lower("µs", ({ unshare_ns }) => us(unshare_ns)),
      clone_us: lower("µs", ({ clone_ns }) => us(clone_ns)),
    },
  }),
  ladder: trials(ladderTable, {
    factors: ({ rung }) => ({ rung }),
    order: RUNGS,
    metrics: {
      to_first_byte_ms: lower("ms", ({ first_byte_ns }) => ms(first_byte_ns)),
      // Until nothing of it is left: a process that makes a container removes it before it ends.
      to_end_ms: lower("ms", ({ rung, ended_ns, removed_ns }) => ms(rung === "api" ? removed_ns : ended_ns)),
      spawn_ms: lower("ms", ({ rung, spawned_ns }) => (rung === "api" ? undefined : ms(spawned_ns))),
    },
  }),
  network: trials(networkTable, { factors: ({ network, protocol }) => ({ network, protocol }), metrics: ROUND_TRIPS }),
  "network-target": trials(networkTargetTable, {
    // The target is a factor: other hosts are not the same condition.
    factors: ({ network, target }) => ({ network, target }),
    way: ({ address }) => (address === null ? {} : { address }),
    metrics: ROUND_TRIPS,
  }),
  memory: trials(memoryTable, {
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
  pull: trials(pullTable, {
    factors: ({ image }) => ({ image }),
    metrics: { pull_ms: lower("ms", ({ layer, pulled_ns }) => (layer === null ? ms(pulled_ns) : undefined)) },
    // Sums over the layers: they are downloaded side by side and extracted one after the other.
    trialMetrics: {
      download_ms: { unit: "ms", better: "lower", value: overLayers("download_begin_ns", "verify_begin_ns") },
      verify_ms: { unit: "ms", better: "lower", value: overLayers("verify_begin_ns", "download_done_ns") },
      extract_ms: { unit: "ms", better: "lower", value: overLayers("extract_begin_ns", "pulled_ns") },
    },
  }),
  why: trials(whyTable, {
    factors: ({ image }) => ({ image }),
    metrics: {},
    causes: (rows) => rows,
    // One for each cause that was found: they add up to the total.
    trialMetrics: {
      total_ms: { unit: "ms", better: "lower", value: explained(([first]) => ms(first?.total_ns ?? null)) },
      ...Object.fromEntries(
        CAUSE_NAMES.map((cause) => [
          causeMetric(cause),
          { unit: "ms", better: "lower", from: ["total_ms"], onlyWhereSeen: true, value: causeTime(cause) } as const,
        ]),
      ),
    },
  }),
  stop: trials(stopTable, {
    factors: ({ entrypoint }) => ({ entrypoint }),
    way: byProbe,
    metrics: {
      total_ms: lower("ms", ({ removed_ns }) => ms(removed_ns)),
      ...Object.fromEntries(
        STOP_PHASE_NAMES.map((phase) => [
          `${phase}_ms`,
          { ...lower<StopRow>("ms", (row) => ms(stopPhase(row, phase))), onlyWhereSeen: true } as const,
        ]),
      ),
    },
  }),
  "study-warm": dockerRuns(studyWarmTable),
  "study-cold": dockerRuns(studyColdTable),
  "study-dimensions": trials(studyDimensionsTable, {
    factors: ({ dimension, subject }) => ({ dimension, subject }),
    metrics: STUDY_DIMENSION_METRICS,
  }),
  "study-pull": trials(studyPullTable, {
    factors: ({ image }) => ({ image }),
    metrics: { docker_pull_ms: lower("ms", ({ wall_ns }) => ms(wall_ns)) },
  }),
  ready: trials(readyTable, {
    factors: ({ application }) => ({ application }),
    way: (row) => ({ ...byProbe(row), ...askedBy(row) }),
    start: START,
    metrics: {
      // In older files the start ended with it.
      ready_ms: { ...lower("ms", ({ ready_ns }, split) => ms(ready_ns ?? split?.total_ns ?? null)), actRule: actRuleOf },
      ...START_METRICS,
    },
  }),
  burst: trials(burstTable, {
    factors: ({ size }) => ({ size: `${size}` }),
    way: byProbe,
    start: START,
    metrics: {
      since_intended_ms: { ...untilAct<Intended>(sinceIntended), from: ["total_ms"] },
      ...START_METRICS,
      ready_since_intended_ms: { ...readyTime, value: (row) => readySinceIntended(row) },
    },
    trialMetrics: {
      throughput: {
        unit: "starts/s",
        better: "higher",
        from: ["since_intended_ms"],
        actRule: actRuleOf,
        value: (starts) => {
          const ended = starts.map(sinceIntended);
          return ended.includes(null) || starts.length !== starts[0]?.size
            ? null
            : starts.length / (Math.max(...(ended as number[])) / 1e3);
        },
      },
    },
  }),
  density: trials(densityTable, {
    factors: ({ idle }) => ({ idle: `${idle} idle` }),
    way: byProbe,
    start: START,
    metrics: START_METRICS,
  }),
  "cold-rootfs": trials(coldRootfsTable, {
    factors: ({ image, mode }) => ({ image, mode }),
    way: byProbe,
    start: START,
    metrics: START_METRICS,
  }),
};

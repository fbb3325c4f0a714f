/** What every experiment measures: which columns make which metric, in which unit, and which way is better. */
import { type ExperimentName, IMAGE_SIZES } from "../../research/protocol.ts";
import { coldRootfsTable } from "../../research/tables/cold-rootfs.ts";
import { copyUpTable } from "../../research/tables/copy-up.ts";
import { cpuThrottlingTable } from "../../research/tables/cpu-throttling.ts";
import { densityTable } from "../../research/tables/density.ts";
import { ladderTable, RUNGS } from "../../research/tables/ladder.ts";
import { memoryTable } from "../../research/tables/memory.ts";
import { metadataTable } from "../../research/tables/metadata.ts";
import { NAMESPACES, namespacesTable } from "../../research/tables/namespaces.ts";
import { studyDimensionsTable } from "../../research/tables/study/dimensions.ts";
import { studyPullTable } from "../../research/tables/study/pull.ts";
import { studyColdTable, studyWarmTable } from "../../research/tables/study/starts.ts";
import { writeTable } from "../../research/tables/write.ts";
import { burst } from "./experiments/burst.ts";
import { network, networkTarget } from "./experiments/network.ts";
import { pull } from "./experiments/pull.ts";
import { ready } from "./experiments/ready.ts";
import { startup } from "./experiments/startup.ts";
import { stop } from "./experiments/stop.ts";
import { byClock, byProbe, trials } from "./experiments/trials.ts";
import { why } from "./experiments/why.ts";
import type { MeasuredTable } from "./measured-table.ts";
import { DOCKER_RUN_METRICS } from "./metrics/docker-run-metrics.ts";
import { lower, ms, per, percent, us } from "./metrics/metric.ts";
import { START, START_METRICS } from "./metrics/start-metrics.ts";
import { STUDY_DIMENSION_METRICS } from "./study/dimension-metrics.ts";

const megabytes = (bytes: number): string => `${bytes / 1e6} MB`;

const dockerRuns = (table: typeof studyWarmTable | typeof studyColdTable): MeasuredTable =>
  trials(table, {
    factors: ({ image }) => ({ image }),
    order: IMAGE_SIZES,
    way: byProbe,
    start: START,
    metrics: { ...DOCKER_RUN_METRICS, ...START_METRICS },
  });

/** In the order in which they are read and shown. */
export const MEASURED_TABLES: Readonly<Record<ExperimentName, MeasuredTable>> = {
  startup,
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
    order: NAMESPACES,
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
  network,
  "network-target": networkTarget,
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
  pull,
  why,
  stop,
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
  ready,
  burst,
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

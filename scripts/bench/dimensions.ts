/** The study's dimensions: which of our conditions ask what its own asked, and how narrow the intervals of both are. */

import { relativeHalfWidth } from "../../analysis/statistics/one-sample/relative-half-width.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import type { Measurement } from "../../analysis/subjects/measurement.ts";
import type { ExperimentName } from "../../research/protocol.ts";

export interface Dimension {
  readonly experiment: ExperimentName;
  readonly metric: string;
  /** What the study calls it. */
  readonly studyMetric: string;
  /** Which of our conditions the study has, too. */
  readonly like: (factors: Measurement["factors"]) => boolean;
  /**
   * Whether what we measure is what the study measured. Elsewhere its start ends with `docker run`, its copy-up writes a new
   * file, its namespaces are whole processes, its memory is what `docker stats` says, its pings go to a host on the internet:
   * how narrow the one is says nothing of the other (research/method/experiments.md).
   */
  readonly isSame: boolean;
}

const every = (): boolean => true;
const onDisk = ({ storage }: Measurement["factors"]): boolean => storage === "overlay" || storage === "volume";

export const DIMENSIONS: readonly Dimension[] = [
  { experiment: "startup", metric: "total_ms", studyMetric: "startup_ms", like: every, isSame: false },
  {
    experiment: "copy-up",
    metric: "first_write_ms",
    studyMetric: "copyup_ms",
    like: ({ storage, file }) => storage === "layer" && file === "100 MB",
    isSame: false,
  },
  {
    ...{ experiment: "cpu-throttling", metric: "cpus", studyMetric: "measured_pct" },
    like: ({ limit }) => limit === "0.5",
    isSame: true,
  },
  {
    experiment: "write",
    metric: "speed_mbps",
    studyMetric: "write_speed_mbps",
    like: (factors) => onDisk(factors) && factors.mode === "buffered",
    isSame: true,
  },
  { experiment: "metadata", metric: "create_ms", studyMetric: "duration_ms", like: onDisk, isSame: true },
  {
    ...{ experiment: "namespaces", metric: "unshare_us", studyMetric: "duration_ms" },
    like: ({ namespace }) => namespace === "all",
    isSame: false,
  },
  {
    ...{ experiment: "memory", metric: "pss_mb", studyMetric: "total_mem_mb" },
    like: ({ containers }) => containers === "3",
    isSame: false,
  },
  {
    experiment: "network",
    metric: "median_us",
    studyMetric: "avg_rtt_ms",
    like: ({ network, protocol }) => protocol === "icmp" && network !== "none",
    isSame: false,
  },
  { experiment: "pull", metric: "pull_ms", studyMetric: "pull_time_ms", like: every, isSame: true },
];

export interface Widths {
  readonly conditions: number;
  /** Of the condition with the fewest. */
  readonly trials: number;
  /** Half the interval of the median over the median, of the middle condition (the upper of two); `null` where none has one. */
  readonly middle: number | null;
  readonly widest: number | null;
}

/** @returns `null` where nothing of it was measured */
export function widthsOf(
  measurements: readonly Measurement[],
  experiment: string,
  metric: string,
  like: Dimension["like"],
): Widths | null {
  const samples = measurements
    .filter((one) => one.experiment === experiment && one.metric === metric && like(one.factors) && one.values.length > 0)
    .map(({ values }) => sortedSamples(values));
  if (samples.length === 0) return null;
  const widths = samples.flatMap((sample) => relativeHalfWidth(sample) ?? []).sort((a, b) => a - b);
  return {
    conditions: samples.length,
    trials: Math.min(...samples.map((sample) => sample.length)),
    middle: widths[widths.length >> 1] ?? null,
    widest: widths.at(-1) ?? null,
  };
}

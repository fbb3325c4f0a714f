/** A study made up by a test, in the format of the study's files: every rule can then be seen to come out either way. */

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { shuffled } from "../../../research/shuffled.ts";
import { randomIndex } from "../../statistics/bootstrap/random-index.ts";
import { mean } from "../../statistics/one-sample/mean.ts";
import { standardDeviation } from "../../statistics/one-sample/standard-deviation.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { V3_FILES } from "../../subjects/v3-files.ts";
import { type AuditedStudy, type StudyMachine, studyMachine } from "../audited-study.ts";

/** Bell-shaped, in random order, with exactly this mean and standard deviation. */
export function sampleOf(n: number, center: number, sd: number, seed: number): number[] {
  const shape = Array.from({ length: n }, (_, index) => normalQuantile((index + 0.5) / n, 0, 1));
  const sorted = sortedSamples(shape);
  const values = shape.map((value) => center + ((value - mean(sorted)) / (standardDeviation(sorted) as number)) * sd);
  return shuffled(values, randomIndex(seed));
}

interface Made {
  /** By file's name: rows without the header. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly info?: string;
  readonly run_seconds?: number;
}

const HEADERS: Readonly<Record<string, string>> = {
  "01-startup-latency.csv": "iteration,image,mode,startup_ms",
  "02-copyup-overhead.csv": "iteration,file_size_mb,copyup_ms",
  "03-cpu-throttling.csv": "iteration,target_pct,measured_pct,variance_pct",
  "04-write-performance.csv": "iteration,mode,write_speed_mbps",
  "05-metadata-operations.csv": "iteration,mode,file_count,duration_ms",
  "06-image-pull-time.csv": "iteration,image,pull_time_ms",
  "07-namespace-overhead.csv": "iteration,operation,duration_ms",
  "08-network-latency.csv": "iteration,mode,avg_rtt_ms",
  "09-memory-efficiency.csv": "iteration,container_count,per_container_mem_mb,total_mem_mb",
};

/** What the real reader makes of it; files that are not named are missing. */
export function madeMachine(label: string, { files, info, run_seconds = 3600 }: Made): StudyMachine {
  const read = V3_FILES.map(({ file, experiment, read }) => {
    const rows = files[file];
    if (rows === undefined) return { file, experiment, content: { problem: `${label}/${file}: no such file` } };
    return { file, experiment, content: read([`${[HEADERS[file], ...rows].join("\n")}\n`], file) };
  });
  return studyMachine({ label, folder: label, files: read, facts: {}, began: null, run_seconds }, info ?? null);
}

export const madeStudy = (...machines: readonly StudyMachine[]): AuditedStudy => ({ machines, unread: [], problems: [] });

/** Conditions by name, interleaved: every block holds each once, in random order. */
export function interleaved(samples: Readonly<Record<string, readonly number[]>>, seed: number): string[] {
  const names = Object.keys(samples);
  const blocks = samples[names[0] as string]?.length ?? 0;
  return Array.from({ length: blocks }, (_, block) =>
    shuffled(names, randomIndex(seed + block)).map((name) => `${block + 1},${name},${samples[name]?.[block]?.toFixed(4)}`),
  ).flat();
}

/** One condition after the other. */
export const inTurn = (samples: Readonly<Record<string, readonly number[]>>): string[] =>
  Object.entries(samples).flatMap(([name, values]) => values.map((value, index) => `${index + 1},${name},${value.toFixed(4)}`));

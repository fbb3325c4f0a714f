/** Every figure by its name, in the order in which they are drawn: first the study's seven, then ours. */
import { cpuThrottling } from "./cpu-throttling.ts";
import type { Figure } from "./figure.ts";
import { networkLatency } from "./network-latency.ts";
import { pullTime } from "./pull-time.ts";
import { startDistribution } from "./start-distribution.ts";
import { startTimeline } from "./start-timeline.ts";
import { startupTiers } from "./startup-tiers.ts";
import { warmStartLatency } from "./warm-start-latency.ts";
import { writePerformance } from "./write-performance.ts";

export const FIGURES = {
  "warm-start-latency": warmStartLatency,
  "start-distribution": startDistribution,
  "cpu-throttling": cpuThrottling,
  "write-performance": writePerformance,
  "network-latency": networkLatency,
  "pull-time": pullTime,
  "startup-tiers": startupTiers,
  "start-timeline": startTimeline,
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[];

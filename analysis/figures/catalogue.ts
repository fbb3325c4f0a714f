/** Every figure by its name, in the order in which they are drawn: the study's seven with our other experiments among them, then ours. */

import { burstOfStarts } from "./burst.ts";
import { coldRootfs } from "./cold-rootfs.ts";
import { collectionOrder } from "./collection-order.ts";
import { copyUp } from "./copy-up.ts";
import { cpuThrottling } from "./cpu-throttling.ts";
import { densityOfContainers } from "./density.ts";
import type { Figure } from "./figure.ts";
import { ladder } from "./ladder.ts";
import { memorySharing } from "./memory-sharing.ts";
import { metadataOperations } from "./metadata-operations.ts";
import { namespaceCreation } from "./namespace-creation.ts";
import { networkLatency } from "./network-latency.ts";
import { networkToTarget } from "./network-target.ts";
import { phaseShares } from "./phase-shares.ts";
import { platformRatios } from "./platform-ratios.ts";
import { pullTime } from "./pull-time.ts";
import { startDistribution } from "./start-distribution.ts";
import { startTimeline } from "./start-timeline.ts";
import { startupTiers } from "./startup-tiers.ts";
import { timeToReady } from "./time-to-ready.ts";
import { warmStartLatency } from "./warm-start-latency.ts";
import { writePerformance } from "./write-performance.ts";

export const FIGURES = {
  "warm-start-latency": warmStartLatency,
  "start-distribution": startDistribution,
  "cpu-throttling": cpuThrottling,
  "write-performance": writePerformance,
  "network-latency": networkLatency,
  "network-target": networkToTarget,
  "pull-time": pullTime,
  "copy-up": copyUp,
  "metadata-operations": metadataOperations,
  "namespace-creation": namespaceCreation,
  "memory-sharing": memorySharing,
  "time-to-ready": timeToReady,
  burst: burstOfStarts,
  density: densityOfContainers,
  "cold-rootfs": coldRootfs,
  "startup-tiers": startupTiers,
  "start-timeline": startTimeline,
  "phase-shares": phaseShares,
  ladder,
  "platform-ratios": platformRatios,
  "collection-order": collectionOrder,
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[];

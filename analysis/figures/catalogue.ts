/** Every figure by its name, in the order in which they are drawn: the study's seven with our other experiments among them, then ours. */

import type { ExperimentName } from "../../research/protocol.ts";
import { burstOfStarts } from "./dots/burst.ts";
import { coldDockerRun, dockerPull, dockerRun, studyDimensions } from "./dots/by-the-study.ts";
import { coldRootfs } from "./dots/cold-rootfs.ts";
import { copyUp } from "./dots/copy-up.ts";
import { cpuThrottling } from "./dots/cpu-throttling.ts";
import { densityOfContainers } from "./dots/density.ts";
import { ladder } from "./dots/ladder.ts";
import { memorySharing } from "./dots/memory-sharing.ts";
import { metadataOperations } from "./dots/metadata-operations.ts";
import { namespaceCreation } from "./dots/namespace-creation.ts";
import { networkLatency } from "./dots/network-latency.ts";
import { networkToTarget } from "./dots/network-target.ts";
import { pullTime } from "./dots/pull-time.ts";
import { timeToReady } from "./dots/time-to-ready.ts";
import { warmStartLatency } from "./dots/warm-start-latency.ts";
import { writePerformance } from "./dots/write-performance.ts";
import type { Figure } from "./parts/figure.ts";
import { platformRatios } from "./platform-ratios.ts";
import { causesOfTime } from "./starts/causes-of-time.ts";
import { collectionOrder } from "./starts/collection-order.ts";
import { criticalPathFigure } from "./starts/critical-path.ts";
import { phaseShares } from "./starts/phase-shares.ts";
import { startDistribution } from "./starts/start-distribution.ts";
import { startTimeline } from "./starts/start-timeline.ts";
import { startupTiers } from "./starts/startup-tiers.ts";
import { stopPhases } from "./starts/stop-phases.ts";
import { variantDifferencesFigure } from "./starts/variant-differences.ts";

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
  "causes-of-time": causesOfTime,
  "critical-path": criticalPathFigure,
  "stop-phases": stopPhases,
  "variant-differences": variantDifferencesFigure,
  "docker-run": dockerRun,
  "docker-run-cold": coldDockerRun,
  "study-dimensions": studyDimensions,
  "docker-pull": dockerPull,
  ladder,
  "platform-ratios": platformRatios,
  "collection-order": collectionOrder,
} as const satisfies Record<string, Figure>;

/** The figure in which an experiment is shown first: one without does not compile. */
export const FIGURE_OF = {
  startup: "warm-start-latency",
  "copy-up": "copy-up",
  "cpu-throttling": "cpu-throttling",
  write: "write-performance",
  metadata: "metadata-operations",
  namespaces: "namespace-creation",
  ladder: "ladder",
  ready: "time-to-ready",
  burst: "burst",
  density: "density",
  "cold-rootfs": "cold-rootfs",
  memory: "memory-sharing",
  network: "network-latency",
  "network-target": "network-target",
  pull: "pull-time",
  why: "causes-of-time",
  stop: "stop-phases",
  "study-warm": "docker-run",
  "study-cold": "docker-run-cold",
  "study-dimensions": "study-dimensions",
  "study-pull": "docker-pull",
} as const satisfies Record<ExperimentName, FigureName>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[];

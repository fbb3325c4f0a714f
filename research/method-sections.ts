/** Where research/method/ describes the method of each experiment: one without a section does not compile. */
import type { ExperimentName } from "./protocol.ts";

export const METHOD_SECTIONS = {
  startup: "experiments.md#startup",
  "copy-up": "experiments.md#copy-up",
  "cpu-throttling": "experiments.md#cpu-throttling",
  write: "experiments.md#write",
  metadata: "experiments.md#metadata",
  namespaces: "experiments.md#namespaces",
  ladder: "experiments.md#ladder",
  ready: "experiments.md#ready",
  burst: "experiments.md#burst",
  density: "experiments.md#density",
  "cold-rootfs": "experiments.md#cold-rootfs",
  memory: "experiments.md#memory",
  network: "experiments.md#network",
  "network-target": "experiments.md#network-target",
  pull: "experiments.md#pull",
  why: "experiments.md#why",
  stop: "experiments.md#stop",
  "study-warm": "experiments.md#study-warm",
  "study-cold": "experiments.md#study-cold",
  "study-dimensions": "experiments.md#study-dimensions",
  "study-pull": "experiments.md#study-pull",
} as const satisfies Record<ExperimentName, `${string}.md#${string}`>;

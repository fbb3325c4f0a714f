/** Every experiment beside startup, by its name. */
import type { ExperimentName } from "../../research/protocol.ts";
import type { Experiment } from "../design/experiment.ts";
import { burst } from "./burst.ts";
import { coldRootfs } from "./cold-rootfs.ts";
import { copyUp } from "./copy-up.ts";
import { cpuThrottling } from "./cpu-throttling.ts";
import { density } from "./density.ts";
import { ladder } from "./ladder.ts";
import { memory } from "./memory.ts";
import { metadata } from "./metadata.ts";
import { namespaces } from "./namespaces.ts";
import { network } from "./network.ts";
import { networkTarget } from "./network-target.ts";
import { pull } from "./pull.ts";
import { ready } from "./ready.ts";
import { stop } from "./stop.ts";
import { why } from "./why.ts";
import { write } from "./write.ts";

const BESIDE_STARTUP: Readonly<Record<Exclude<ExperimentName, "startup" | "network-target">, Experiment>> = {
  "copy-up": copyUp,
  "cpu-throttling": cpuThrottling,
  write,
  metadata,
  namespaces,
  ladder,
  ready,
  burst,
  density,
  "cold-rootfs": coldRootfs,
  memory,
  network,
  pull,
  why,
  stop,
};

/**
 * The experiments of these names, without startup, which is designed by what `run` was asked for.
 * @param target of network-target
 */
export const experimentsNamed = (names: readonly ExperimentName[], target: string | undefined): readonly Experiment[] =>
  names.flatMap((name) => {
    if (name === "startup") return [];
    if (name === "network-target") return target === undefined ? [] : [networkTarget(target)];
    return [BESIDE_STARTUP[name]];
  });

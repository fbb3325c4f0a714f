/** Every experiment beside startup, by its name. */
import type { ExperimentName } from "../research/protocol.ts";
import type { Experiment } from "./experiment.ts";
import { burst } from "./experiments/burst.ts";
import { coldRootfs } from "./experiments/cold-rootfs.ts";
import { copyUp } from "./experiments/copy-up.ts";
import { cpuThrottling } from "./experiments/cpu-throttling.ts";
import { density } from "./experiments/density.ts";
import { ladder } from "./experiments/ladder.ts";
import { memory } from "./experiments/memory.ts";
import { metadata } from "./experiments/metadata.ts";
import { namespaces } from "./experiments/namespaces.ts";
import { network } from "./experiments/network.ts";
import { networkTarget } from "./experiments/network-target.ts";
import { pull } from "./experiments/pull.ts";
import { ready } from "./experiments/ready.ts";
import { write } from "./experiments/write.ts";

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

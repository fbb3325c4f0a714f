/** Every experiment beside startup, by its name. */
import type { ExperimentName } from "../../research/protocol.ts";
import { BURST_SIZES } from "../../research/tables/burst.ts";
import type { Experiment } from "../design/experiment.ts";
import type { OwnStarts } from "../start/own-starts.ts";
import { burstOf } from "./burst.ts";
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
import { studyDimensions } from "./study/dimensions.ts";
import { studyPull } from "./study/pull.ts";
import { studyCold, studyWarm } from "./study/starts.ts";
import { USUAL_WHY, type WhyDesign, whyOf } from "./why.ts";
import { write } from "./write.ts";

const BESIDE_STARTUP: Readonly<
  Record<Exclude<ExperimentName, "startup" | "network-target" | "burst" | "why" | "study-dimensions">, Experiment>
> = {
  "copy-up": copyUp,
  "cpu-throttling": cpuThrottling,
  write,
  metadata,
  namespaces,
  ladder,
  ready,
  density,
  "cold-rootfs": coldRootfs,
  memory,
  network,
  pull,
  stop,
  "study-warm": studyWarm,
  "study-cold": studyCold,
  "study-pull": studyPull,
};

/** What `run` may be asked of experiments. */
export interface Asked {
  /** Of network-target, and of the study's pings. */
  readonly target: string | undefined;
  /** Starts of burst that are not the usual ones. */
  readonly own?: OwnStarts | undefined;
  /** Which starts are explained; ours, unless it is given. */
  readonly why?: WhyDesign;
}

/** The experiments of these names, without startup, which is designed by what `run` was asked for. */
export const experimentsNamed = (names: readonly ExperimentName[], { target, own, why }: Asked): readonly Experiment[] =>
  names.flatMap((name) => {
    if (name === "startup") return [];
    if (name === "network-target") return target === undefined ? [] : [networkTarget(target)];
    if (name === "study-dimensions") return [studyDimensions(target)];
    if (name === "burst") return [burstOf(BURST_SIZES, own)];
    if (name === "why") return [whyOf(why ?? USUAL_WHY)];
    return [BESIDE_STARTUP[name]];
  });

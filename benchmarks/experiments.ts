/** Every experiment beside startup, by its name. */
import type { ExperimentName } from "../research/protocol.ts";
import type { Experiment } from "./experiment.ts";
import { copyUp } from "./experiments/copy-up.ts";
import { cpuThrottling } from "./experiments/cpu-throttling.ts";
import { metadata } from "./experiments/metadata.ts";
import { namespaces } from "./experiments/namespaces.ts";
import { write } from "./experiments/write.ts";

export const BESIDE_STARTUP: readonly Experiment[] = [copyUp, cpuThrottling, write, metadata, namespaces];

/** @returns the experiments of these names, without startup, in the order of `run all` */
export const experimentsNamed = (names: readonly ExperimentName[]): readonly Experiment[] =>
  BESIDE_STARTUP.filter(({ name }) => names.includes(name));

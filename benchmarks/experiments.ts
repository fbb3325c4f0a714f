/** Every experiment beside startup, by its name. */
import type { ExperimentName } from "../research/protocol.ts";
import type { Experiment } from "./experiment.ts";
import { copyUp } from "./experiments/copy-up.ts";

export const BESIDE_STARTUP: readonly Experiment[] = [copyUp];

/** @returns the experiments of these names, without startup, in the order of `run all` */
export const experimentsNamed = (names: readonly ExperimentName[]): readonly Experiment[] =>
  BESIDE_STARTUP.filter(({ name }) => names.includes(name));

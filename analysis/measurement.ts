/** What a comparison takes, wherever it was read: samples of metrics by condition, in order of collection. */
import type { PhaseName, Tier } from "../research/phases.ts";

export interface Measurement {
  readonly experiment: string;
  /** What was measured, as it stands in every platform that measured it: `small warm`. */
  readonly condition: string;
  readonly metric: string;
  readonly unit: string;
  /** Which way is better, so that "faster" means something. */
  readonly better: "lower" | "higher";
  readonly values: readonly number[];
}

/** What must be equal for two conditions of the same name to be the same condition. */
export interface Context {
  readonly image_digest: string;
  readonly command: string;
  readonly probe: string;
}

export interface Subject {
  readonly label: string;
  readonly measurements: readonly Measurement[];
  /** By `experiment condition`; `undefined` where the source does not say, as in the study's files. */
  readonly contexts: ReadonlyMap<string, Context>;
  /** Starts split into phases, by condition. */
  readonly starts: ReadonlyMap<string, readonly StartPhases[]>;
  /** What a reader of the numbers should know: missing files, missing values. */
  readonly caveats: readonly string[];
}

/** One start: its phases' times. */
export interface StartPhases {
  readonly phases: readonly {
    readonly phase: PhaseName;
    readonly tier: Tier | null;
    readonly ms: number;
    readonly encloses: readonly PhaseName[];
  }[];
}

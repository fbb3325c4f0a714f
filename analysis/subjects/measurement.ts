/** What a comparison takes, wherever it was read: samples of metrics by condition, in order of collection. */
import type { ActRule } from "../../research/act-rule.ts";
import type { PhaseName, Tier } from "../../research/phases.ts";
import type { ExperimentName } from "../../research/protocol.ts";
import type { Context } from "./context.ts";
import type { ConditionKey } from "./key.ts";

export interface Measurement {
  readonly experiment: ExperimentName;
  /** What the condition consists of: `{image: "small", mode: "warm"}`. */
  readonly factors: Readonly<Record<string, string>>;
  /** The factors' values, as they stand in every platform that measured it: `small warm`. */
  readonly condition: string;
  /** The condition's name in platform.json; only of platforms of ours. */
  readonly planned?: string;
  readonly metric: string;
  readonly unit: string;
  /** Which way is better, so that "faster" means something; `null` for a value that is neither good high nor low. */
  readonly better: "lower" | "higher" | null;
  readonly values: readonly number[];
  /** The pass over all conditions in which each value was taken, in the same order; {@link blockKey} for several sessions. */
  readonly blocks: readonly number[];
  /** The row of each value, from 1, the header not counted: tells what was measured before what. */
  readonly rows: readonly number[];
  /** What each row says of how its value was measured, in the same order; absent where rows say nothing of it. */
  readonly ways?: readonly Way[];
  /** Where the values are speeds: the work behind each, in what the unit has before its `/s`. */
  readonly work?: number;
  /** By which rules the entrypoint's act was told, where the values end with it. */
  readonly actRules?: ReadonlySet<ActRule>;
  /** Trials that were made, those without a value included; absent where the source may have left some out. */
  readonly trials?: number;
}

export type Way = Pick<Context, "probe" | "clock" | "address">;

/** Blocks are numbered anew in each session. */
export const blockKey = (session: number, block: number): number => session * BLOCKS + block;
export const sessionOf = (block: number): number => Math.floor(block / BLOCKS);
const BLOCKS = 2 ** 32;

export interface Subject {
  readonly label: string;
  readonly measurements: readonly Measurement[];
  /** None where the source does not say, as in the study's files. */
  readonly contexts: ReadonlyMap<ConditionKey, Context>;
  /** Starts split into phases. */
  readonly starts: ReadonlyMap<ConditionKey, readonly StartPhases[]>;
  /** Totals of starts that were recorded but are no part of any sample; where there were any. */
  readonly warmups?: ReadonlyMap<ConditionKey, Warmups>;
  /** What a reader of the numbers should know: missing files, missing values. */
  readonly caveats: readonly string[];
  /** What it was measured on and with, by name, for what may explain a difference; only what the source says. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface Warmups {
  readonly values: readonly number[];
  /** As in {@link Measurement}. */
  readonly rows: readonly number[];
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

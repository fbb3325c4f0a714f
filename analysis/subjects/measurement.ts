/** A sample of a metric in a condition, wherever it was read, in order of collection. */
import type { ActRule } from "../../research/act-rule.ts";
import type { MetricName } from "./key.ts";

export interface Measurement extends MetricName {
  /** What the condition consists of: `{image: "small", mode: "warm"}`; the condition's name is their values. */
  readonly factors: Readonly<Record<string, string>>;
  readonly unit: string;
  /** Which way is better, so that "faster" means something; `null` for a value that is neither good high nor low. */
  readonly better: "lower" | "higher" | null;
  readonly values: readonly number[];
  /** The pass over all conditions in which each value was taken, in the same order; {@link blockKey} for several sessions. */
  readonly blocks: readonly number[];
  /** The row of each value, from 1, the header not counted: tells what was measured before what. */
  readonly rows: readonly number[];
  /** Where the values are speeds: the work behind each, in what the unit has before its `/s`. */
  readonly work?: number;
  /** Metrics of the same condition that ours is computed from, or is a part of: what is wrong with them is wrong with it. */
  readonly from?: readonly string[];
  /** The rules by which the entrypoint's act was determined, where the values end with it. */
  readonly actRules?: ReadonlySet<ActRule>;
  /** Trials that were made, those without a value included; absent where the source may have left some out. */
  readonly trials?: number;
}

/** Blocks are numbered from 1 in each session. */
export const blockKey = (session: number, block: number): number => session * BLOCKS + block;
export const sessionOf = (block: number): number => Math.floor(block / BLOCKS);
const BLOCKS = 2 ** 32;

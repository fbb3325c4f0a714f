/** A published number, and the data it rests on. */
import type { Interval } from "../statistics/interval.ts";

/** A number, or the least and the greatest of several. */
export type NumberOrRange = number | Interval;

export interface Published {
  /** The numbers as they stand there, for people: `2.04×`. */
  readonly text: string;
  readonly value: NumberOrRange;
  readonly unit: string;
  /** Digits after the point in the publication: what a recomputed number must round to. */
  readonly decimals: number;
  readonly source: string;
}

/** What must be there for the claim to be tested. */
export interface DataNeed {
  readonly file: string;
  readonly columns: readonly string[];
  /** By name, as a measurement has it: `alpine warm`. */
  readonly conditions: readonly string[];
  readonly platforms: readonly string[];
}

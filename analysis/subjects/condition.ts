/** What is known of a condition beside the samples of its metrics. */
import type { Outcome, Probe } from "../../research/protocol.ts";
import type { WhyPathRow } from "../../research/tables/why-path.ts";
import type { CauseTimes } from "./causes/cause-times.ts";
import type { Context } from "./context.ts";
import type { ConditionName } from "./key.ts";
import type { Measurement } from "./measurement.ts";
import type { Start } from "./starts.ts";

export interface Condition extends ConditionName {
  readonly factors: Measurement["factors"];
  /** Of all its trials: those measured otherwise are another condition. */
  readonly context: Context;
  /** Which probes saw its starts, in alphabetical order; none where it has no starts. */
  readonly probes: readonly Probe[];
  /** Rows, warm-ups apart, by what came of them. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** One for each value of total_ms, in the same order; none where the experiment has no starts. */
  readonly starts: readonly Start[];
  /** What its starts waited for; none where that was not measured. */
  readonly causes: readonly CauseTimes[];
  /** The critical path of one of them, that is closest to all; empty where none was kept. */
  readonly path: readonly WhyPathRow[];
  /** Its starts that failed: no part of any sample. */
  readonly failures: readonly FailedStart[];
  /** Totals of starts that were recorded but are no part of any sample. */
  readonly warmups: Warmups;
}

export interface Warmups {
  readonly values: readonly number[];
  /** As in {@link Measurement}. */
  readonly rows: readonly number[];
}

export interface FailedStart {
  readonly outcome: Outcome;
  /** As in {@link Measurement}. */
  readonly row: number;
  readonly block: number;
}

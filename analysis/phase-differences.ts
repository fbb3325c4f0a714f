/** The difference of two conditions' medians, split by phase, with intervals: which part of a start makes it slower. */
import type { PhaseName, Tier } from "../research/phases.ts";
import { groupPhases } from "./difference-by-phase.ts";
import type { StartPhases } from "./measurement.ts";
import { bootstrapTwoSamples } from "./statistics/bootstrap-two-samples.ts";
import type { Interval } from "./statistics/interval.ts";
import { median } from "./statistics/median.ts";
import { resampledMedian } from "./statistics/resampled-median.ts";
import { sortedSamples } from "./statistics/sorted-samples.ts";

export interface PhaseDifference {
  /** One phase, or those that can not be told apart on both sides. */
  readonly phases: readonly PhaseName[];
  readonly tier: Tier | null;
  /** Median of a less median of b, in ms. */
  readonly difference_ms: number;
  /** 95 %, BCa bootstrap over trials; `null` for a single trial a side. */
  readonly difference_ci: Interval | null;
  /** Of the difference of the medians of the totals; the shares need not add up to 100. */
  readonly share_pct: number;
}

export interface ExplainedDifference {
  readonly total_ms: number;
  readonly phases: readonly PhaseDifference[];
  /** What the phases' differences do not add up to: medians are not additive. */
  readonly remainder_ms: number;
}

/** Enough for two digits of an interval's end; there are a dozen phases in each of many pairs. */
const REPLICATES = 2_000;

/** `null` when either side has no start that is split into phases. */
export function explainDifference(
  a: readonly StartPhases[],
  b: readonly StartPhases[],
  seed: number,
): ExplainedDifference | null {
  if (a.length === 0 || b.length === 0) return null;
  const middle = (values: readonly number[]): number => median(sortedSamples(values));
  const total = (starts: readonly StartPhases[]): number =>
    middle(starts.map(({ phases }) => phases.reduce((sum, { ms }) => sum + ms, 0)));
  const total_ms = total(a) - total(b);
  const phases = groupPhases(a, b).map(({ phases, tier, a_ms, b_ms }): PhaseDifference => {
    const [ofA, ofB] = [resampledMedian(a_ms), resampledMedian(b_ms)];
    const boot = bootstrapTwoSamples([a_ms.length, b_ms.length], (inA, inB) => ofA(inA) - ofB(inB), {
      seed,
      replicates: REPLICATES,
    });
    const difference_ms = middle(a_ms) - middle(b_ms);
    return { phases, tier, difference_ms, difference_ci: boot?.interval ?? null, share_pct: (100 * difference_ms) / total_ms };
  });
  return { total_ms, phases, remainder_ms: total_ms - phases.reduce((sum, { difference_ms }) => sum + difference_ms, 0) };
}

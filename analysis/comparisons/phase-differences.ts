/** The difference of two conditions' medians, split by phase, with intervals: which part of a start makes it slower. */
import type { PhaseName, Tier } from "../../research/phases.ts";
import { toMilliseconds } from "../../research/units.ts";
import { bootstrapTwoSamplesJointly } from "../statistics/bootstrap/bootstrap-two-samples.ts";
import type { Resample } from "../statistics/bootstrap/resample.ts";
import { resampledMedian } from "../statistics/bootstrap/resampled-median.ts";
import { differenceOfMediansInterval } from "../statistics/effects/difference-of-medians.ts";
import type { Interval } from "../statistics/interval.ts";
import { median } from "../statistics/one-sample/median.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { type Start, totalOf } from "../subjects/starts.ts";
import { groupPhases } from "./difference-by-phase.ts";

export interface PhaseDifference {
  /** One phase, or those that cannot be told apart on both sides. */
  readonly phases: readonly PhaseName[];
  readonly tier: Tier | null;
  /** Median of a less median of b, in ms. */
  readonly difference_ms: number;
  /** 95 %, BCa bootstrap over trials, all phases together; `null` for a single trial a side. */
  readonly difference_ci: Interval | null;
  /** Of {@link ExplainedDifference.total_ms}; need not add up to 100. `null` where it is not certain that there is any. */
  readonly share_pct: number | null;
}

export interface ExplainedDifference {
  /** Median of a's totals less median of b's. */
  readonly total_ms: number;
  /** As of the phases. */
  readonly total_ci: Interval | null;
  readonly phases: readonly PhaseDifference[];
  /** What the phases' differences do not add up to: medians are not additive. */
  readonly remainder_ms: number;
}

/** Enough for two digits of an interval's end; there are a dozen phases in each of many pairs. */
const REPLICATES = 2_000;
/** Of more a side, the bootstrap takes time that grows with their square, and the medians are as good as normal. */
const MOST_TRIALS_FOR_BOOTSTRAP = 2_000;

/** `null` when either side has no start that is split into phases. */
export function explainDifference(a: readonly Start[], b: readonly Start[], seed: number): ExplainedDifference | null {
  if (a.length === 0 || b.length === 0) return null;
  const groups = groupPhases(a, b);
  const totals = [a, b].map((starts) => starts.map((start) => toMilliseconds(totalOf(start))));
  const [total, ...parts] = differences(
    [{ a_ms: totals[0] ?? [], b_ms: totals[1] ?? [] }, ...groups],
    [a.length, b.length],
    seed,
  ) as [Difference, ...Difference[]];
  const certain = total.ci !== null && !includesZero(total.ci);
  return {
    total_ms: total.ms,
    total_ci: total.ci,
    phases: groups.map(({ phases, tier }, index): PhaseDifference => {
      const { ms, ci } = parts[index] as Difference;
      return { phases, tier, difference_ms: ms, difference_ci: ci, share_pct: certain ? (100 * ms) / total.ms : null };
    }),
    remainder_ms: total.ms - parts.reduce((sum, { ms }) => sum + ms, 0),
  };
}

interface Difference {
  readonly ms: number;
  readonly ci: Interval | null;
}

/** Of the medians of each quantity. */
function differences(
  quantities: readonly { readonly a_ms: readonly number[]; readonly b_ms: readonly number[] }[],
  counts: readonly [number, number],
  seed: number,
): Difference[] {
  const sorted = quantities.map(({ a_ms, b_ms }) => [sortedSamples(a_ms), sortedSamples(b_ms)] as const);
  const ms = sorted.map(([a, b]) => median(a) - median(b));
  if (Math.max(...counts) > MOST_TRIALS_FOR_BOOTSTRAP) {
    return sorted.map(([a, b], index) => ({ ms: ms[index] as number, ci: differenceOfMediansInterval(a, b) }));
  }
  const statistics = quantities.map(({ a_ms, b_ms }) => {
    const [ofA, ofB] = [resampledMedian(a_ms), resampledMedian(b_ms)];
    return (inA: Resample, inB: Resample): number => ofA(inA) - ofB(inB);
  });
  const boots = bootstrapTwoSamplesJointly(counts, statistics, { seed, replicates: REPLICATES });
  return ms.map((each, index) => ({ ms: each, ci: boots?.[index]?.interval ?? null }));
}

export const includesZero = ([low, high]: Interval): boolean => low <= 0 && high >= 0;

/**
 * The trials of two platforms as if each were one population: what these sessions showed. It knows nothing of how sessions
 * differ, so it says how large a difference was, never that there is one.
 */
import { cliffsDelta } from "../statistics/effects/cliffs-delta.ts";
import { differenceOfMediansInterval } from "../statistics/effects/difference-of-medians.ts";
import type { Interval } from "../statistics/interval.ts";
import { median } from "../statistics/one-sample/median.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";
import { brunnerMunzel } from "../statistics/tests/brunner-munzel.ts";
import { mannWhitneyU } from "../statistics/tests/mann-whitney-u.ts";
import { type Effect, effectOf } from "./compare-samples.ts";

/** Everything is a relative to b. Intervals are 95 %, of the trials alone. */
export interface TrialComparison {
  readonly n_a: number;
  readonly n_b: number;
  /** Of the medians; `null` when a value is not positive. */
  readonly ratio: number | null;
  /** From order statistics, on logarithms; `null` below six trials a side. */
  readonly ratio_ci: Interval | null;
  /** Median of a less median of b, in the metric's unit. */
  readonly shift: number;
  readonly shift_ci: Interval | null;
  readonly cliffs_delta: number;
  readonly cliffs_delta_ci: Interval | null;
  /** Pairs with a > b, plus half the ties. */
  readonly mann_whitney_u: number;
  readonly p: number;
  readonly brunner_munzel_p: number | null;
  readonly effect: Effect;
}

/** @param a not empty, finite @param b likewise */
export function compareTrials(a: readonly number[], b: readonly number[]): TrialComparison {
  const [sortedA, sortedB] = [sortedSamples(a), sortedSamples(b)];
  const { ratio, ratio_ci } = ratioOf(sortedA, sortedB);
  const dominance = cliffsDelta(sortedA, sortedB);
  const { u, p } = mannWhitneyU(sortedA, sortedB);
  return {
    n_a: a.length,
    n_b: b.length,
    ratio,
    ratio_ci,
    shift: median(sortedA) - median(sortedB),
    shift_ci: differenceOfMediansInterval(sortedA, sortedB),
    cliffs_delta: dominance.delta,
    cliffs_delta_ci: dominance.interval,
    mann_whitney_u: u,
    p,
    brunner_munzel_p: brunnerMunzel(sortedA, sortedB)?.p ?? null,
    effect: effectOf(dominance.delta),
  };
}

function ratioOf(a: SortedSamples, b: SortedSamples): Pick<TrialComparison, "ratio" | "ratio_ci"> {
  if (!((a[0] as number) > 0 && (b[0] as number) > 0)) return { ratio: null, ratio_ci: null };
  const ends = differenceOfMediansInterval(sortedSamples(a.map(Math.log)), sortedSamples(b.map(Math.log)));
  return { ratio: median(a) / median(b), ratio_ci: ends && [Math.exp(ends[0]), Math.exp(ends[1])] };
}

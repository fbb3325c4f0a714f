/** Two samples of one metric, in numbers: how much they differ, and with what certainty. */

import { cliffsDelta } from "../statistics/effects/cliffs-delta.ts";
import { hodgesLehmann } from "../statistics/effects/hodges-lehmann.ts";
import { ratio } from "../statistics/effects/ratio.ts";
import { ratioEquivalence } from "../statistics/effects/ratio-equivalence.ts";
import type { Interval } from "../statistics/interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { brunnerMunzel } from "../statistics/tests/brunner-munzel.ts";
import { mannWhitneyU } from "../statistics/tests/mann-whitney-u.ts";

/** Ratios within it make no practical difference; declared before anything is measured. */
export const EQUIVALENCE_BAND: Interval = [1 / 1.05, 1.05];

/** Everything is a relative to b. Intervals are 95 %, unless they say otherwise. */
export interface SampleComparison {
  readonly n_a: number;
  readonly n_b: number;
  /** Hodges-Lehmann on logarithms; `null` when a value is not positive. */
  readonly ratio: number | null;
  readonly ratio_ci: Interval | null;
  /** Hodges-Lehmann, in the metric's unit. */
  readonly shift: number;
  readonly shift_ci: Interval | null;
  readonly cliffs_delta: number;
  readonly cliffs_delta_ci: Interval | null;
  /** Pairs with a > b, plus half the ties. */
  readonly mann_whitney_u: number;
  readonly p: number;
  readonly brunner_munzel_p: number | null;
  readonly effect: Effect;
  /** Whether the 90 % interval of the ratio lies within {@link EQUIVALENCE_BAND}; `null` without a ratio. */
  readonly equivalent: boolean | null;
}

/** @param a not empty, finite @param b likewise */
export function compareSamples(a: readonly number[], b: readonly number[]): SampleComparison {
  const [sortedA, sortedB] = [sortedSamples(a), sortedSamples(b)];
  const positive = (sortedA[0] as number) > 0 && (sortedB[0] as number) > 0;
  const factor = positive ? ratio(sortedA, sortedB) : null;
  const shift = hodgesLehmann(sortedA, sortedB);
  const dominance = cliffsDelta(sortedA, sortedB);
  const { u, p } = mannWhitneyU(sortedA, sortedB);
  return {
    n_a: a.length,
    n_b: b.length,
    ratio: factor?.ratio ?? null,
    ratio_ci: factor?.interval ?? null,
    shift: shift.shift,
    shift_ci: shift.interval,
    cliffs_delta: dominance.delta,
    cliffs_delta_ci: dominance.interval,
    mann_whitney_u: u,
    p,
    brunner_munzel_p: brunnerMunzel(sortedA, sortedB)?.p ?? null,
    effect: effectOf(dominance.delta),
    equivalent: positive ? ratioEquivalence(sortedA, sortedB, EQUIVALENCE_BAND).equivalent : null,
  };
}

export type Effect = "negligible" | "small" | "medium" | "large";

/** Names for |δ| after Romano et al., "Exploring methods for evaluating group differences", SAIR 2006: 0.147, 0.33, 0.474. */
export function effectOf(delta: number): Effect {
  const size = Math.abs(delta);
  return size < 0.147 ? "negligible" : size < 0.33 ? "small" : size < 0.474 ? "medium" : "large";
}

/** What came back of a delay: shifts within blocks against the starts without one, phase by phase. */

import type { Pair } from "../../../analysis/statistics/effects/paired-differences.ts";
import { walshAverage } from "../../../analysis/statistics/effects/walsh-average.ts";
import type { Interval } from "../../../analysis/statistics/interval.ts";
import { holm } from "../../../analysis/statistics/tests/holm.ts";
import { wilcoxonSignedRank } from "../../../analysis/statistics/tests/wilcoxon-signed-rank.ts";
import { PHASE_NAMES, type PhaseName, TIERS, type Tier } from "../../../research/phases.ts";
import type { DelayedBlock, DelayedStart } from "./observe-delays.ts";
import { type Arm, PLACES } from "./places.ts";

/** In ms; the Hodges-Lehmann estimate of the differences within blocks, with its 95 % interval. */
export interface Shift {
  readonly ms: number;
  /** `null` below six blocks. */
  readonly interval: Interval | null;
}

export interface PhaseShift extends Shift {
  readonly phase: PhaseName;
  /** Wilcoxon's signed-rank test, adjusted by Holm's method over every phase of every arm that takes no delay. */
  readonly adjustedP: number;
}

export interface Recovery {
  readonly arm: Arm;
  /** By how much longer the machinery waited than in the start without a delay. */
  readonly injected: Shift;
  readonly phases: Readonly<Partial<Record<PhaseName, Shift>>>;
  readonly tiers: Readonly<Record<Tier, Shift>>;
  readonly total: Shift;
  /** Every phase but the one that must take the delay. */
  readonly elsewhere: readonly PhaseShift[];
}

/**
 * @param arms in the order of every block; the first is the start without a delay that all others are paired with
 * @throws RangeError when a phase was seen in some starts and not in others, or a tier is unknown
 */
export function recoveries(arms: readonly Arm[], blocks: readonly DelayedBlock[]): Recovery[] {
  const present = PHASE_NAMES.filter((phase) => blocks.some((block) => block.some(({ phases }) => phase in phases)));
  const others = arms.flatMap((arm, index) => (index === 0 ? [] : [{ arm, index }]));
  const elsewhere = others.flatMap(({ arm, index }) =>
    present.filter((phase) => !takes(arm, phase)).map((phase) => ({ index, phase, pairs: pairs(blocks, index, phaseOf(phase)) })),
  );
  const adjusted = holm(elsewhere.map((test) => wilcoxonSignedRank(test.pairs).p));
  const apart = elsewhere.map((test, place) => ({ ...test, adjustedP: adjusted[place] as number }));
  return others.map(({ arm, index }) => {
    const shiftOf = (time: (start: DelayedStart) => number | null | undefined): Shift => shift(pairs(blocks, index, time));
    return {
      arm,
      injected: shiftOf(({ waited_ns }) => waited_ns),
      phases: Object.fromEntries(present.map((phase) => [phase, shiftOf(phaseOf(phase))])),
      tiers: Object.fromEntries(TIERS.map((tier) => [tier, shiftOf(({ tiers }) => tiers[`${tier}_ns`])])) as Record<Tier, Shift>,
      total: shiftOf(({ total_ns }) => total_ns),
      elsewhere: apart
        .filter((test) => test.index === index)
        .map(({ phase, adjustedP, pairs: of }) => ({ phase, adjustedP, ...shift(of) })),
    };
  });
}

export const takes = ({ place }: Arm, phase: PhaseName): boolean => place !== null && PLACES[place].phase === phase;

const phaseOf =
  (phase: PhaseName) =>
  ({ phases }: DelayedStart): number | undefined =>
    phases[phase];

function pairs(blocks: readonly DelayedBlock[], arm: number, time: (start: DelayedStart) => number | null | undefined): Pair[] {
  return blocks.map((block) => [known(block[arm], time), known(block[0], time)]);
}

function known(start: DelayedStart | undefined, time: (start: DelayedStart) => number | null | undefined): number {
  const value = start === undefined ? undefined : time(start);
  if (value === undefined || value === null) throw new RangeError("a phase or tier was not seen in every start");
  return value;
}

/** @param of pairs in ns */
export function shift(of: readonly Pair[]): Shift {
  const { pseudomedian, interval } = walshAverage(of);
  return { ms: pseudomedian / 1e6, interval: interval && [interval[0] / 1e6, interval[1] / 1e6] };
}

/** z(0.975) and z(0.8) of the normal distribution. */
const [Z_CONFIDENCE, Z_POWER] = [1.959964, 0.841621];

/**
 * The smallest delay whose interval leaves out 0 in four of five experiments of `n` blocks, in ms: 1.43 half-widths of the
 * interval, which shrinks with √n (as for a normal mean; Cohen, "Statistical Power Analysis", 2nd ed. 1988, section 2.4).
 * @param blocks those that the interval comes from
 */
export const smallestFound = ({ interval }: Shift, blocks: number, n: number): number | null =>
  interval && (((interval[1] - interval[0]) / 2) * Math.sqrt(blocks / n) * (Z_CONFIDENCE + Z_POWER)) / Z_CONFIDENCE;

export const leavesOut = ({ interval }: Shift, value: number): boolean =>
  interval !== null && (value < interval[0] || value > interval[1]);

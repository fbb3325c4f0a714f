/** What trials alone find where there is nothing: halves of one platform's trials, as if they were two platforms. */

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { compareTrials, type TrialComparison } from "../../../analysis/samples/compare-trials.ts";
import { grouped } from "../../../analysis/samples/grouped.ts";
import { holm } from "../../../analysis/statistics/tests/holm.ts";
import type { Subject } from "../../../analysis/subjects/subject.ts";
import { shuffled } from "../../../research/shuffled.ts";

const ALPHA = 0.05;

export interface FalsePositives {
  readonly family: string;
  readonly conditions: number;
  /** Smallest and largest size of a half. */
  readonly sizes: readonly [number, number];
  /** Share of all comparisons with p < 0.05, of the two tests. */
  readonly mannWhitney: number;
  readonly brunnerMunzel: number;
  /** Share of all comparisons whose 95 % interval leaves out 1, or 0. */
  readonly ratioLeavesOutOne: number;
  readonly deltaLeavesOutZero: number;
  /** Share of the splits with p after Holm < 0.05 anywhere in the family. */
  readonly familyWise: number;
}

interface Compared extends TrialComparison {
  readonly family: string;
  readonly p_holm: number;
}

type Half = (values: readonly number[]) => readonly [a: readonly number[], b: readonly number[]];

/** Each condition's trials into two halves at random, again and again. */
export function falsePositives(subject: Subject, splits: number, seed: number): FalsePositives[] {
  const random = xoroshiro128plus(seed);
  random.jump();
  const below = (size: number): number => uniformInt(random, 0, size - 1);
  const families = new Map<string, Compared[][]>();
  for (let split = 0; split < splits; split += 1) {
    for (const [family, comparisons] of byFamily(compareHalves(subject, (values) => randomHalves(values, below))))
      families.set(family, [...(families.get(family) ?? []), comparisons]);
  }
  return [...families].map(([family, found]) => summarise(family, found));
}

function summarise(family: string, splits: readonly (readonly Compared[])[]): FalsePositives {
  const all = splits.flat();
  const share = (wrong: (comparison: Compared) => boolean): number => all.filter(wrong).length / all.length;
  const leavesOut = (value: number, interval: readonly [number, number] | null): boolean =>
    interval !== null && (value < interval[0] || interval[1] < value);
  const sizes = all.flatMap(({ n_a, n_b }) => [n_a, n_b]);
  return {
    family,
    conditions: splits[0]?.length ?? 0,
    sizes: [Math.min(...sizes), Math.max(...sizes)],
    mannWhitney: share(({ p }) => p < ALPHA),
    brunnerMunzel: share(({ brunner_munzel_p }) => brunner_munzel_p !== null && brunner_munzel_p < ALPHA),
    ratioLeavesOutOne: share(({ ratio_ci }) => leavesOut(1, ratio_ci)),
    deltaLeavesOutZero: share(({ cliffs_delta_ci }) => leavesOut(0, cliffs_delta_ci)),
    familyWise: splits.filter((comparisons) => comparisons.some(({ p_holm }) => p_holm < ALPHA)).length / splits.length,
  };
}

/** Splits that keep the order of collection: what drifts makes the first differ, and only chance the second. */
export const SPLITS_IN_ORDER = {
  "first half of the session against its second": (values) => [
    values.slice(0, values.length >> 1),
    values.slice(values.length >> 1),
  ],
  "every other trial against the rest": (values) => [values.filter((_, i) => i % 2 === 0), values.filter((_, i) => i % 2 === 1)],
} satisfies Record<string, Half>;

/** Smallest p of each family after Holm, for one such split. */
export const smallestPs = (subject: Subject, half: Half): { family: string; p: number }[] =>
  [...byFamily(compareHalves(subject, half))].map(([family, comparisons]) => ({
    family,
    p: Math.min(...comparisons.map(({ p_holm }) => p_holm)),
  }));

/** The trials alone, as `compare` has them; Holm within all conditions of one experiment and metric. */
function compareHalves(subject: Subject, half: Half): readonly Compared[] {
  const compared = subject.measurements
    .filter(({ values }) => values.length > 1)
    .map(({ experiment, metric, values }) => ({ family: `${experiment} ${metric}`, ...compareTrials(...half(values)) }));
  return [...grouped(compared, ({ family }) => family).values()].flatMap((members) => {
    const adjusted = holm(members.map(({ p }) => p));
    return members.map((member, index) => ({ ...member, p_holm: adjusted[index] as number }));
  });
}

const byFamily = (comparisons: readonly Compared[]): Map<string, Compared[]> => grouped(comparisons, ({ family }) => family);

/** Shuffled and cut in the middle. */
function randomHalves(values: readonly number[], below: (size: number) => number): ReturnType<Half> {
  const order = shuffled(values, below);
  const middle = order.length >> 1;
  return [order.slice(0, middle), order.slice(middle)];
}

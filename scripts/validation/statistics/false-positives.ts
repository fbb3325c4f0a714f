/** What `compare` finds where there is nothing: halves of one platform's trials, as if they were two platforms. */

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Comparison, compare } from "../../../analysis/comparisons/compare.ts";
import { grouped } from "../../../analysis/samples/grouped.ts";
import type { Measurement } from "../../../analysis/subjects/measurement.ts";
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

type Half = (values: readonly number[]) => readonly [a: readonly number[], b: readonly number[]];

/** Each condition's trials into two halves at random, again and again. */
export function falsePositives(subject: Subject, splits: number, seed: number): FalsePositives[] {
  const random = xoroshiro128plus(seed);
  random.jump();
  const below = (size: number): number => uniformInt(random, 0, size - 1);
  const families = new Map<string, Comparison[][]>();
  for (let split = 0; split < splits; split += 1) {
    for (const [family, comparisons] of byFamily(compareHalves(subject, (values) => randomHalves(values, below))))
      families.set(family, [...(families.get(family) ?? []), comparisons]);
  }
  return [...families].map(([family, found]) => summarise(family, found));
}

function summarise(family: string, splits: readonly (readonly Comparison[])[]): FalsePositives {
  const all = splits.flat();
  const share = (wrong: (comparison: Comparison) => boolean): number => all.filter(wrong).length / all.length;
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
    familyWise:
      splits.filter((comparisons) => comparisons.some(({ p_holm }) => p_holm !== null && p_holm < ALPHA)).length / splits.length,
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
    p: Math.min(...comparisons.map(({ p_holm }) => p_holm ?? 1)),
  }));

/** Through `compare` itself, without the starts: their phases would be bootstrapped, and no p-value depends on them. */
function compareHalves(subject: Subject, half: Half): readonly Comparison[] {
  const halves = subject.measurements.map((measurement) => ({ measurement, parts: half(measurement.values) }));
  const side = (label: string, values: (of: (typeof halves)[number]) => readonly number[]): Subject => ({
    ...subject,
    label,
    measurements: halves.map((of): Measurement => ({ ...of.measurement, values: values(of) })),
  });
  const subjects = [side("one half", ({ parts }) => parts[0]), side("the other", ({ parts }) => parts[1])];
  return compare(subjects, { reference: null, seed: 1, explain: false }).comparisons;
}

const byFamily = (comparisons: readonly Comparison[]): Map<string, Comparison[]> => grouped(comparisons, ({ family }) => family);

/** Shuffled and cut in the middle. */
function randomHalves(values: readonly number[], below: (size: number) => number): ReturnType<Half> {
  const order = shuffled(values, below);
  const middle = order.length >> 1;
  return [order.slice(0, middle), order.slice(middle)];
}

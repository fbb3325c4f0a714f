import fc from "fast-check";
import type { Pair } from "../effects/paired-differences.ts";
import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";

/** The pairs of samples that the two-sample estimators are checked on; the same numbers were given to SciPy and R. */
interface TwoSamples {
  readonly a: SortedSamples;
  readonly b: SortedSamples;
}

/** n = 12, m = 9, no ties: small enough for exact distributions. */
export const DISTINCT: TwoSamples = {
  a: sortedSamples([281.4, 276.9, 290.2, 284.0, 279.7, 301.3, 277.5, 283.3, 288.8, 280.6, 295.1, 278.2]),
  b: sortedSamples([271.9, 268.4, 277.1, 280.1, 266.3, 274.8, 283.9, 269.5, 272.6]),
};

/** n = 10, m = 7, in steps of ten. */
export const TIED: TwoSamples = {
  a: sortedSamples([280, 280, 290, 290, 290, 300, 310, 280, 300, 290]),
  b: sortedSamples([270, 280, 280, 290, 270, 280, 300]),
};

/** n = 60, m = 45. Python: [280 + i*7919 % 1009 / 10 for i in range(60)], [275 + i*6007 % 997 / 8 for i in range(45)] */
export const LARGE: TwoSamples = {
  a: sortedSamples(Array.from({ length: 60 }, (_, i) => 280 + ((i * 7919) % 1009) / 10)),
  b: sortedSamples(Array.from({ length: 45 }, (_, i) => 275 + ((i * 6007) % 997) / 8)),
};

/** n = m = 20 000: as many pairs as a table of 3 GB. NumPy: 300 + i*7919 % 20011 / 7, 290 + i*6007 % 20021 / 9 */
export const HUGE: TwoSamples = {
  a: sortedSamples(Array.from({ length: 20_000 }, (_, i) => 300 + ((i * 7919) % 20_011) / 7)),
  b: sortedSamples(Array.from({ length: 20_000 }, (_, i) => 290 + ((i * 6007) % 20_021) / 9)),
};

export const SEPARATED: TwoSamples = { a: sortedSamples([10, 11, 12, 13, 14, 15]), b: sortedSamples([1, 2, 3, 4]) };

export const CONSTANT: TwoSamples = { a: sortedSamples([5, 5, 5]), b: sortedSamples([5, 5, 5, 5]) };

/** Whole numbers, many of them equal, so that sums, differences and doublings are exact. */
export const anyObservations = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });

/** Frozen, so that an estimator that changed its input would throw. */
export const anySamples = anyObservations.map((observations) => Object.freeze(sortedSamples(observations)));

export const anyPairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
  minLength: 1,
  maxLength: 60,
}) as fc.Arbitrary<Pair[]>;

/** Where the method is exact, this is at most 1e-9. */
export const relativeError = (got: number, expected: number): number => Math.abs(got - expected) / Math.abs(expected);

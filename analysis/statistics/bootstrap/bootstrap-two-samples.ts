import { type BootstrapInterval, bcaInterval } from "./bca-interval.ts";
import { type BootstrapOptions, bootstrapReplicates } from "./bootstrap-replicates.ts";
import { randomIndex } from "./random-index.ts";
import { everyRow, type Resample, requireFiniteStatistic, resampler, rowsWithout } from "./resample.ts";

/** Any number computed from the rows drawn of each sample; must be finite for every resample. */
export type TwoSampleStatistic = (a: Resample, b: Resample) => number;

/**
 * BCa bootstrap interval of any statistic of two samples of independent rows, each resampled on its own and to its own
 * size, such as the difference of two platforms' medians (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
 * section 8.3 and exercise 22.2; SciPy's `bootstrap` of two samples), in the statistic's unit. `null` when either sample has
 * fewer than two rows.
 * @throws RangeError when the statistic of a resample is not finite, or an option is out of range
 */
export const bootstrapTwoSamples = (
  counts: readonly [a: number, b: number],
  statistic: TwoSampleStatistic,
  options: BootstrapOptions,
): BootstrapInterval | null => bootstrapTwoSamplesJointly(counts, [statistic], options)?.[0] ?? null;

/**
 * The same of several statistics of the same rows, in their order: each resample is drawn once for all of them, so that their
 * replicates belong together, and a dozen cost little more than one.
 * @throws RangeError when a statistic of a resample is not finite, or an option is out of range
 */
export function bootstrapTwoSamplesJointly(
  [countA, countB]: readonly [a: number, b: number],
  statistics: readonly TwoSampleStatistic[],
  options: BootstrapOptions,
): BootstrapInterval[] | null {
  if (countA < 2 || countB < 2) return null;
  const [resampleA, resampleB] = [resampler(countA), resampler(countB)];
  const index = randomIndex(options.seed);
  const [anyOfA, anyOfB] = [() => index(countA), () => index(countB)];
  const of = (a: Resample, b: Resample): number[] => statistics.map((statistic) => requireFiniteStatistic(statistic(a, b)));
  const estimates = of(resampleA(countA, everyRow), resampleB(countB, everyRow));
  const replicates = bootstrapReplicates(options, () => of(resampleA(countA, anyOfA), resampleB(countB, anyOfB)));
  const wholeB = resampleB(countB, everyRow);
  const withoutOneOfA = Array.from({ length: countA }, (_, row) => of(resampleA(countA - 1, rowsWithout(row)), wholeB));
  const wholeA = resampleA(countA, everyRow);
  const withoutOneOfB = Array.from({ length: countB }, (_, row) => of(wholeA, resampleB(countB - 1, rowsWithout(row))));
  return estimates.map((estimate, which) => {
    const ofOne = (all: readonly (readonly number[])[]): number[] => all.map((each) => each[which] as number);
    const distribution = { estimate, replicates: ofOne(replicates), jackknife: [ofOne(withoutOneOfA), ofOne(withoutOneOfB)] };
    return bcaInterval(distribution, options.confidence);
  });
}

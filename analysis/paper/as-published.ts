/**
 * The study's own estimators, as its analyze_results.py has them, with their rounding: what reproduces the published
 * numbers to the last digit. What one should use instead is in `describe.ts` and
 * `compare-samples.ts`.
 */

import * as z from "zod";
import { effect, effectOf } from "../samples/sample-difference.ts";
import { interval } from "../statistics/interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { sum } from "../statistics/sum.ts";
import { mannWhitneyU } from "../statistics/tests/mann-whitney-u.ts";
import { numpyRound, round } from "./python-rounding.ts";

/** In the unit of the sample, rounded to two decimals. */
export const publishedDescription = z.object({
  n: z.int(),
  mean: z.number(),
  median: z.number().describe("the upper of the middle two"),
  sd: z.number(),
  mean_ci_half_width: z.number(),
  mean_ci: interval,
  min: z.number(),
  max: z.number(),
});
export type PublishedDescription = Readonly<z.infer<typeof publishedDescription>>;

/** `null` for an empty sample. A single value gets a standard deviation of 0, and so an interval without width. */
export function describeAsPublished(values: readonly number[]): PublishedDescription | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = sum(values) / n;
  const sorted = sortedSamples(values);
  const sd = n > 1 ? Math.sqrt(sum(values.map((value) => (value - mean) * (value - mean))) / (n - 1)) : 0;
  const half = (factorFor(n) * sd) / Math.sqrt(n);
  return {
    n,
    mean: round(mean, 2),
    median: round(sorted[Math.floor(n / 2)] as number, 2),
    sd: round(sd, 2),
    mean_ci_half_width: round(half, 2),
    mean_ci: [round(mean - half, 2), round(mean + half, 2)],
    min: round(sorted[0] as number, 2),
    max: round(sorted[n - 1] as number, 2),
  };
}

/** One after the other, as Python did before 3.12: a compensated sum rounds one of the study's means the other way. */

/** What the standard error is multiplied by: the normal quantile, below 30 constants for some other number than n. */
export const factorFor = (n: number): number => (n >= 30 ? 1.96 : n >= 20 ? 2.045 : n >= 10 ? 2.262 : 2.776);

export const publishedTest = z.object({
  u: z.number().describe("of the first sample, two decimals"),
  p: z.number().describe("two-sided, six decimals: 0 stands for anything below 0.0000005"),
  significant: z.boolean(),
  cliffs_delta: z.number().describe("three decimals"),
  effect,
});
export type PublishedTest = Readonly<z.infer<typeof publishedTest>>;

const FEWEST_TO_TEST = 5;

/** SciPy's `mannwhitneyu(a, b)`; `null` below five values a side. */
export function testAsPublished(a: readonly number[], b: readonly number[]): PublishedTest | null {
  const [n, m] = [a.length, b.length];
  if (n < FEWEST_TO_TEST || m < FEWEST_TO_TEST) return null;
  const { u, p } = mannWhitneyU(sortedSamples(a), sortedSamples(b), { distinct: exactInSciPy(n, m), tied: 0 });
  const delta = (2 * u) / (n * m) - 1;
  return {
    u: numpyRound(u, 2),
    p: numpyRound(p, 6),
    significant: p < 0.05,
    cliffs_delta: numpyRound(delta, 3),
    effect: effectOf(delta),
  };
}

/** SciPy takes the exact distribution when a side has at most eight values and there are no ties. */
const exactInSciPy = (n: number, m: number): number => (Math.min(n, m) <= 8 ? n * m : 0);

/**
 * A clock or counter coarser than the digits written: values on a grid of 10 ms or 1 s.
 *
 * A few values may lie off the grid: one, or a twentieth, corrected for the choice. The step must be wider than one unit in the last place that is written, and not by chance: that the k distances of k + 1
 * distinct values are all multiples of g has a probability of the order of g⁻⁽ᵏ⁻¹⁾, of which at most 1 in 1000 is taken.
 * And it must matter: half a step, which is what rounding can move every value and so the median, is more than a tenth of
 * half the median's 95 % interval. Decimals that are merely written, counts, and a clock that ticks a thousand times finer than
 * the spread are no findings.
 */

import type { Interval } from "../../statistics/interval.ts";
import { quantileInterval } from "../../statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { byMetric } from "../by-metric.ts";
import { conditionsOf, type Finding, listed, rounded } from "../finding.ts";
import { gridWithStrays } from "./grid-with-strays.ts";

const MOST_BY_CHANCE = 0.001;
/** Of the interval's half-width. */
const NEGLIGIBLE = 0.1;

interface Coarse {
  readonly measurement: Measurement;
  readonly step: number;
  readonly written: number;
  readonly distinct: number;
  readonly strays: number;
  readonly interval: Interval;
}

/** One for each metric and step: one instrument has one step. */
export const quantised = (measurements: readonly Measurement[]): Finding[] =>
  byMetric(measurements).flatMap((family) => {
    const coarse = family.flatMap((measurement) => coarseStep(measurement) ?? []);
    return [...new Set(coarse.map(({ step }) => step))].map((step) => finding(coarse.filter((each) => each.step === step)));
  });

function finding(coarse: readonly Coarse[]): Finding {
  const [{ measurement, step, written, distinct, interval }] = coarse as [Coarse];
  const { experiment, metric, unit } = measurement;
  return {
    detector: "quantised",
    severity: "caution",
    ...{ experiment, metric, condition: conditionsOf(coarse.map((each) => each.measurement)) },
    summary: `${experiment} ${metric}: measured in steps of ${rounded(step)} ${unit}, but written to ${rounded(written)}`,
    evidence: listed(
      coarse.map(
        (each) =>
          `${each.measurement.condition}: ${each.distinct} distinct values in ${each.measurement.values.length}${each.strays === 0 ? "" : `, ${each.strays} off the grid`}, 95 % CI of the median ${rounded(each.interval[0])} to ${rounded(each.interval[1])} ${unit}`,
      ),
    ),
    remedy: `measure with a finer clock, or more work in each trial; ignore differences below ${rounded(step)} ${unit}`,
    rows: [],
    numbers: { step, written, distinct, median_lo: interval[0], median_hi: interval[1] },
  };
}

function coarseStep(measurement: Measurement): Coarse | null {
  const { values } = measurement;
  const grid = values.length === 0 ? null : gridWithStrays(values);
  if (grid === null || grid.step === grid.written) return null;
  const samples = sortedSamples(values);
  const interval = quantileInterval(samples, 0.5)?.interval;
  if (interval === undefined) return null;
  const halfWidth = (interval[1] - interval[0]) / 2;
  const { step, written, distinct, strays } = grid;
  if (step / 2 <= NEGLIGIBLE * halfWidth) return null;
  // As many ways to choose the strays as n over their number, at most nˢ.
  if (values.length ** strays * (step / written) ** -(distinct - 2) > MOST_BY_CHANCE) return null;
  return { measurement, step, written, distinct, strays, interval };
}

/**
 * A pile of values at exactly 0 in a metric that is continuous otherwise: negative differences that were set to 0, or
 * failures written as 0.
 *
 * Were 0 a value like others, the rounding step around it would hold about as many values as steps nearby. So many are to be
 * expected as the densest of the stretches above it suggests, each beginning at 0 and ten times as long as the one before.
 * The first ten steps count in full, as small values that spread over orders of magnitude round to 0 about as often as to
 * 1 … 10 steps. A finding is when P(as many zeros or more), Poisson, is at most 1 %. The step is that of the grid on which the
 * values lie, not the one they are written with, so that a coarse clock that reads 0 is no finding. Nothing is said with
 * negative values (then nothing was clamped), fewer than ten others, or when these are mostly within ten steps, like counts.
 */

import { poissonTail } from "../../statistics/tests/poisson-tail.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { byMetric } from "../by-metric.ts";
import { conditionsOf, type Finding, fewRows, listed, rounded } from "../finding.ts";
import { decimalGrid } from "./decimal-grid.ts";

const ALPHA = 0.01;
const FEWEST_OTHERS = 10;
/** Steps from 0, for the median of the others. */
const CONTINUOUS = 10;
/** For numbers on no decimal grid, relative to the least above 0: to them 0 is as near as any other number. */
const FINEST_STEP = 1e-9;

export const clampedAtZero = (measurements: readonly Measurement[]): Finding[] =>
  byMetric(measurements).flatMap((family) => {
    const spikes = family.flatMap((measurement) => {
      const spike = zeroSpike(measurement.values);
      return spike === null ? [] : [{ measurement, ...spike }];
    });
    if (spikes.length === 0) return [];
    const [{ experiment, metric, unit }] = family as [Measurement];
    const zeros = spikes.reduce((sum, spike) => sum + spike.zeros, 0);
    const n = spikes.reduce((sum, { measurement }) => sum + measurement.values.length, 0);
    const each = spikes.map(
      ({ measurement, zeros, least, median, expected }) =>
        `${measurement.condition} ${zeros} of ${measurement.values.length} exactly 0, the least other ${rounded(least)} ${unit} and their median ${rounded(median)}; ${rounded(expected)} to be expected`,
    );
    return [
      {
        detector: "clamped-at-zero",
        severity: "defect",
        ...{ experiment, metric, condition: conditionsOf(spikes.map(({ measurement }) => measurement)) },
        summary: `${experiment} ${metric}: exactly 0 in ${zeros} of ${n} trials, apart from all other values: negative differences or failures set to 0?`,
        evidence: listed(each),
        remedy:
          "keep negative differences and mark failures as missing; where 0 is a true value, report its share separately; do not drop the zeros",
        rows: fewRows(spikes.flatMap(({ measurement: { rows, values } }) => rows.filter((_, index) => values[index] === 0))),
        numbers: { zeros, n, p: Math.max(...spikes.map(({ p }) => p)) },
      },
    ];
  });

interface Spike {
  readonly zeros: number;
  /** Of the values that are not 0. */
  readonly least: number;
  readonly median: number;
  /** How many zeros the values above suggest. */
  readonly expected: number;
  readonly p: number;
}

function zeroSpike(values: readonly number[]): Spike | null {
  const zeros = values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  if (zeros === 0 || zeros > values.length - FEWEST_OTHERS || values.some((value) => value < 0)) return null;
  const others = Float64Array.from(values.filter((value) => value > 0)).sort();
  const step = decimalGrid(values)?.step ?? FINEST_STEP * (others[0] as number);
  const median = others[Math.floor(others.length / 2)] as number;
  if (median <= CONTINUOUS * step) return null;
  let [expected, counted] = [0, 0];
  for (let steps = 1; counted < others.length; steps *= 10) {
    // Half a step of slack, as values on the grid are off it by rounding errors.
    while (counted < others.length && (others[counted] as number) < step * (steps + 0.5)) counted += 1;
    expected = Math.max(expected, steps === 10 ? counted : counted / steps);
  }
  const p = poissonTail(zeros, expected);
  if (p > ALPHA) return null;
  return { zeros, least: others[0] as number, median, expected, p };
}

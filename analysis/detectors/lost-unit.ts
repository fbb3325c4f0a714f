/**
 * A unit that was cut off: `1.1 GB/s` and `950 MB/s` written as 1.1 and 950 in one column.
 *
 * Two kinds of evidence. *Two scales*: the values of one metric fall into two clusters, and multiplying the lower by a power
 * of 1000 or 1024 brings it next to the upper. The gap must be wider than √1000, so that the clusters are nearer to a
 * thousandfold than to nothing, and wider than either cluster itself; what is left of it after multiplying must be at most a
 * factor of 2, which a healthy metric spans within one condition. A condition that lies wholly in one cluster proves nothing,
 * as conditions may truly differ a thousandfold; and a single value in the wrong one is an outlier like others: at least two
 * are wanted. *The clock*: work divided by speed gives the time that the values imply; more of it than the whole run took
 * can not be. Either is enough.
 */
import type { Measurement } from "../measurement.ts";
import { byMetric } from "./by-metric.ts";
import { conditionsOf, type Finding, fewRows, listed, rounded } from "./finding.ts";

const LEAST_GAP = Math.sqrt(1000);
const MOST_GAP_LEFT = 2;
const FEWEST_STRAYS = 2;
/** kilo to giga, in tens and in twos. */
const FACTORS = [1, 2, 3].flatMap((power) => [1000 ** power, 1024 ** power]);

/** @param runSeconds what the whole run took by its own clock; `null` when it does not say */
export const lostUnits = (measurements: readonly Measurement[], runSeconds: number | null): Finding[] =>
  byMetric(measurements).flatMap((family) => {
    const scales = twoScales(family);
    const implied = impliedSeconds(family);
    const impossible = runSeconds !== null && implied !== null && implied > runSeconds;
    const strays = scales === null ? 0 : scales.mixed.reduce((sum, { low, high }) => sum + Math.min(low, high), 0);
    if (!impossible && (scales === null || strays < FEWEST_STRAYS)) return [];
    const [{ experiment, metric, unit }] = family as [Measurement];
    const affected = scales?.mixed.map(({ measurement }) => measurement) ?? family;
    const evidence = [
      ...(scales === null ? [] : [scalesEvidence(scales)]),
      ...(impossible
        ? [
            `at face value the work behind these values takes ${rounded(implied)} s, and the whole run took ${rounded(runSeconds)} s`,
          ]
        : []),
    ];
    return [
      {
        detector: "lost-unit",
        severity: "defect",
        ...{ experiment, metric, condition: conditionsOf(affected) },
        summary: `${experiment} ${metric}: these can not all be ${unit}; a unit seems to have been cut off`,
        evidence: evidence.join("; "),
        remedy: "read the unit with the number and convert; until it is measured anew, conclude nothing from this metric",
        rows: scales === null ? [] : fewRows(scales.mixed.flatMap((split) => strayRows(split, scales.lowMax))),
        numbers: {
          gap: scales && scales.highMin / scales.lowMax,
          factor: scales?.factor ?? null,
          ...{ strays, implied_s: implied, run_s: runSeconds },
        },
      },
    ];
  });

interface Split {
  readonly measurement: Measurement;
  /** Values in the lower cluster, and in the upper. */
  readonly low: number;
  readonly high: number;
}

interface Scales {
  readonly lowMin: number;
  readonly lowMax: number;
  readonly highMin: number;
  readonly highMax: number;
  readonly factor: number;
  /** Conditions that have values in both clusters. */
  readonly mixed: readonly Split[];
}

function twoScales(family: readonly Measurement[]): Scales | null {
  let [least, most, count] = [Infinity, 0, 0];
  for (const { values } of family) {
    for (const value of values) {
      if (value <= 0) continue;
      count += 1;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (!(most / least > LEAST_GAP)) return null; // nearly always, and without sorting
  const sorted = new Float64Array(count);
  let place = 0;
  for (const { values } of family) for (const value of values) if (value > 0) sorted[place++] = value;
  sorted.sort();
  let [gap, upper] = [1, 0];
  for (let i = 1; i < sorted.length; i += 1) {
    const step = (sorted[i] as number) / (sorted[i - 1] as number);
    if (step > gap) [gap, upper] = [step, i];
  }
  const [lowMin, lowMax, highMin, highMax] = [least, sorted[upper - 1] as number, sorted[upper] as number, most];
  if (gap <= Math.max(LEAST_GAP, lowMax / lowMin, highMax / highMin)) return null;
  const left = (factor: number): number => Math.max(1, highMin / (lowMax * factor), (lowMin * factor) / highMax);
  const factor = FACTORS.reduce((best, each) => (left(each) < left(best) ? each : best));
  if (left(factor) > MOST_GAP_LEFT) return null;
  const mixed = family
    .map((measurement): Split => {
      const low = measurement.values.filter((value) => value > 0 && value <= lowMax).length;
      return { measurement, low, high: measurement.values.filter((value) => value >= highMin).length };
    })
    .filter(({ low, high }) => low > 0 && high > 0);
  return mixed.length === 0 ? null : { lowMin, lowMax, highMin, highMax, factor, mixed };
}

const scalesEvidence = ({ lowMin, lowMax, highMin, highMax, factor, mixed }: Scales): string =>
  `values lie between ${rounded(lowMin)} and ${rounded(lowMax)} (${listed(
    mixed.map(({ measurement, low, high }) => `${measurement.condition} ${low} of ${low + high}`),
  )}) or between ${rounded(highMin)} and ${rounded(highMax)}, none between; ${factor} times the lower meet the upper`;

function strayRows({ measurement, low, high }: Split, lowMax: number): number[] {
  const stray = (value: number): boolean => (low <= high ? value > 0 && value <= lowMax : value > lowMax);
  return measurement.rows.filter((_, index) => stray(measurement.values[index] as number));
}

/** What all values of the metric together would have taken; `null` where the work behind them is not known. */
function impliedSeconds(family: readonly Measurement[]): number | null {
  let [seconds, known] = [0, false];
  for (const { work, values } of family) {
    if (work === undefined) continue;
    known = true;
    for (const value of values) if (value > 0) seconds += work / value;
  }
  return known ? seconds : null;
}

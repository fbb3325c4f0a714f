/**
 * A unit that was cut off: `1.1 GB/s` and `950 MB/s` written as 1.1 and 950 in one column. Either of two kinds of evidence is
 * enough: values at {@link twoScales}, or the run's clock. Work divided by speed gives the time that the values imply, and
 * more of it than the whole run took cannot be.
 */
import type { Measurement } from "../../subjects/measurement.ts";
import { byMetric } from "../by-metric.ts";
import { conditionsOf, type Finding, fewRows, listed, rounded } from "../finding.ts";
import { type Split, type TwoScales, twoScales } from "./two-scales.ts";

/** @param runSeconds what the whole run took by its own clock; `null` when it does not say */
export const lostUnits = (measurements: readonly Measurement[], runSeconds: number | null): Finding[] =>
  byMetric(measurements).flatMap((family): Finding[] => {
    const scales = twoScales(family);
    const implied = impliedSeconds(family);
    const impossible = runSeconds !== null && implied !== null && implied > runSeconds;
    if (scales === null && !impossible) return [];
    const [{ experiment, metric, unit }] = family as [Measurement];
    const clock = impossible
      ? [`at face value the work behind all values takes ${rounded(implied)} s, and the whole run took ${rounded(runSeconds)} s`]
      : [];
    return [
      {
        detector: "lost-unit",
        severity: "defect",
        ...{ experiment, metric, condition: conditionsOf(scales?.splits.map(({ measurement }) => measurement) ?? family) },
        summary: `${experiment} ${metric}: these cannot all be ${unit}; a unit seems to have been cut off`,
        evidence: [...(scales === null ? [] : [inWords(scales)]), ...clock].join("; "),
        remedy: "read the unit with the number and convert; conclude nothing from this metric until it is measured again",
        rows: scales === null ? [] : fewRows(scales.splits.flatMap((split) => strayRows(split, scales.lower[1]))),
        numbers: {
          gap: scales && scales.upper[0] / scales.lower[1],
          factor: scales?.factor ?? null,
          ...{ implied_s: implied, run_s: runSeconds },
        },
      },
    ];
  });

const inWords = ({ lower, upper, factor, splits }: TwoScales): string =>
  `values from ${rounded(lower[0])} to ${rounded(lower[1])} (${listed(
    splits.map(({ measurement, low, high }) => `${measurement.condition} ${low.length} of ${low.length + high.length}`),
  )}) and from ${rounded(upper[0])} to ${rounded(upper[1])}, none between; ${factor} times the lower meet the upper`;

/** Of the part of a condition that is the smaller. */
function strayRows({ measurement, low, high }: Split, lowest: number): number[] {
  const stray = (value: number): boolean => (low.length <= high.length ? value > 0 && value <= lowest : value > lowest);
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

/**
 * A code for "no value" among the values: −1, −9, −99, −999 … in a metric that is positive otherwise.
 *
 * All negative values must be that one code, and apart from the others: further below the least of them than that is from their
 * median; or written as a whole number where the others have two decimals or more, which a true negative value would be in one of
 * a hundred cases. At least five others. A single −1 among whole numbers that scatter widely above 0 cannot be distinguished from a value.
 */
import type { Measurement } from "../../subjects/measurement.ts";
import { byMetric } from "../by-metric.ts";
import { conditionsOf, type Finding, fewRows, listed, rounded } from "../finding.ts";
import { decimalGrid } from "./decimal-grid.ts";

const CODES = [-1, -9, -99, -999, -9999, -99999, -999999];
const FEWEST_OTHERS = 5;
const FINE = 0.01;

interface Coded {
  readonly measurement: Measurement;
  readonly code: number;
  readonly count: number;
}

export const codedMissing = (measurements: readonly Measurement[]): Finding[] =>
  byMetric(measurements).flatMap((family): Finding[] => {
    const coded = family.flatMap((measurement) => codeIn(measurement) ?? []);
    const [first] = coded;
    if (first === undefined) return [];
    const { experiment, metric } = first.measurement;
    return [
      {
        detector: "coded-missing",
        severity: "defect",
        ...{ experiment, metric, condition: conditionsOf(coded.map(({ measurement }) => measurement)) },
        summary: `${experiment} ${metric}: ${first.code} stands among positive values: a code for "no value"?`,
        evidence: listed(
          coded.map(
            ({ measurement, code, count }) =>
              `${measurement.condition} ${count} of ${measurement.values.length} are ${code}, the least other is ${rounded(Math.min(...measurement.values.filter((value) => value > 0)))} ${measurement.unit}`,
          ),
        ),
        remedy: "leave the field empty where there is no value, and count it as missing",
        rows: fewRows(coded.flatMap(({ measurement: { rows, values }, code }) => rows.filter((_, i) => values[i] === code))),
        numbers: { code: first.code, coded: coded.reduce((sum, { count }) => sum + count, 0) },
      },
    ];
  });

function codeIn(measurement: Measurement): Coded | null {
  const negative = measurement.values.filter((value) => value < 0);
  const [code] = negative;
  if (code === undefined || !CODES.includes(code) || negative.some((value) => value !== code)) return null;
  const others = Float64Array.from(measurement.values.filter((value) => value >= 0)).sort();
  const [least, middle] = [others[0], others[others.length >> 1]];
  if (least === undefined || middle === undefined || least <= 0 || others.length < FEWEST_OTHERS) return null;
  const apart = least - code > middle - least;
  const grid = decimalGrid([...others]);
  if (!apart && grid !== null && grid.written > FINE) return null;
  return { measurement, code, count: negative.length };
}

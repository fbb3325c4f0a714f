/**
 * One value that is a thousand times the others of its condition, or a thousandth: a cell in another unit. Two and more are
 * for {@link lostUnits}. It may be an outlier all the same, so that it is a caution: a thousandth of it has to lie among the
 * others, and nothing within a factor of 100 of it.
 */
import type { Measurement } from "../../subjects/measurement.ts";
import { type Finding, rounded } from "../finding.ts";

const FEWEST = 5;
const FACTORS = [1e3, 1e6] as const;
/** How far beyond the others, as a factor, what it would be in their unit may lie. */
const AMONG = 1.5;
const APART = 100;

interface Stray {
  readonly value: number;
  readonly factor: number;
  /** Of the others. */
  readonly least: number;
  readonly most: number;
}

/** @param known metrics of which it is told already that a unit was cut off */
export const thousandfolds = (measurements: readonly Measurement[], known: readonly Finding[]): Finding[] => {
  const told = new Set(known.map(({ experiment, metric }) => `${experiment} ${metric}`));
  return measurements.flatMap((measurement) => {
    const { experiment, condition, metric, unit, values, rows } = measurement;
    const stray = told.has(`${experiment} ${metric}`) ? undefined : strayOf(values);
    if (stray === undefined) return [];
    const { value, factor, least, most } = stray;
    const row = rows[values.indexOf(value)] as number;
    const others = values.filter((each) => each !== 0).length - 1;
    const times = value > most ? `${factor} times` : `1/${factor} of`;
    return [
      {
        detector: "thousandfold",
        severity: "caution",
        ...{ experiment, condition, metric },
        summary: `${experiment} ${metric}: a value of ${condition} is about ${times} the others, as if in another unit`,
        evidence: `row ${row} has ${rounded(value)} ${unit}, the other ${others} ${rounded(least)} to ${rounded(most)}`,
        remedy: "look at what was recorded of this trial; where it was measured so, it is an outlier and stays",
        rows: [row],
        numbers: { value, factor, least, most },
      },
    ];
  });
};

function strayOf(values: readonly number[]): Stray | undefined {
  // In one pass: the two least and the two largest.
  let [least, second, next, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  let positive = 0;
  for (const value of values) {
    if (value < 0) return undefined;
    if (value === 0) continue; // such as a negative difference in the study's files
    positive += 1;
    if (value < least) [least, second] = [value, least];
    else if (value < second) second = value;
    if (value > most) [next, most] = [most, value];
    else if (value > next) next = value;
  }
  if (positive < FEWEST) return undefined;
  const [low, high] = [least / AMONG, most * AMONG];
  const large = most > next * APART ? FACTORS.find((by) => most / by >= low && most / by <= next * AMONG) : undefined;
  if (large !== undefined) return { value: most, factor: large, least, most: next };
  const small = least < second / APART ? FACTORS.find((by) => least * by <= high && least * by >= second / AMONG) : undefined;
  return small === undefined ? undefined : { value: least, factor: small, least: second, most };
}

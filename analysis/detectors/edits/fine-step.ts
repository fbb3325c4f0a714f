/** How finely a metric was measured, as its own values show. */
import type { Measurement } from "../../subjects/measurement.ts";

/** Counts and sizes may be the same in every trial, times are not. */
const TIMES: ReadonlySet<string> = new Set(["s", "ms", "µs", "ns"]);
export const isTime = ({ unit }: Measurement): boolean => TIMES.has(unit);

/** So many steps of its clock a time has to last for its last digits to be chance. */
const FINE = 500;

/**
 * The smallest difference of two values of the family; of one that has a single value, the last place that is written.
 * @param family conditions of one experiment in one metric
 */
export function stepOf(family: readonly Measurement[]): number {
  const sorted = [...new Set(family.flatMap(({ values }) => values))].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((value, index) => value - (sorted[index] as number));
  return steps.length === 0 ? 10 ** -placesOf(sorted[0] ?? 0) : steps.reduce((least, each) => Math.min(least, each));
}

export const isFine = (value: number, step: number): boolean => value >= FINE * step;

const placesOf = (value: number): number => (String(value).split(".")[1] ?? "").length;

/** How finely a metric was measured, as its own values show. */
import type { Measurement } from "../../subjects/measurement.ts";

/** Counts and sizes may be the same in every trial, times are not. */
const TIMES: ReadonlySet<string> = new Set(["s", "ms", "µs", "ns"]);
export const isTime = ({ unit }: Measurement): boolean => TIMES.has(unit);

/** So many steps of its clock a time has to last for its last digits to be chance. */
const FINE = 500;

/** Digits of a nanosecond in milliseconds; what has more was computed. */
const MOST_PLACES = 6;
/** Of fewer any step may be the common one. */
const FEWEST_DISTINCT = 3;

/**
 * What all values of the family are multiples of; the last place in which one is not 0, where there are too few to tell.
 * @param family conditions of one experiment in one metric
 */
export function stepOf(family: readonly Measurement[]): number {
  const distinct = new Set(family.flatMap(({ values }) => values));
  let places = 0;
  for (const value of distinct) {
    places = Math.max(places, placesOf(value));
    if (places === MOST_PLACES) break;
  }
  const unit = 10 ** places;
  if (distinct.size < FEWEST_DISTINCT) return roundness([...distinct].map((value) => Math.round(value * unit))) / unit;
  let common = 0;
  for (const value of distinct) {
    common = greatestCommon(Math.round(value * unit), common);
    if (common === 1) break;
  }
  return Math.max(1, common) / unit;
}

/** The greatest power of ten that divides them all: a clock of milliseconds tells 1000 µs, and nothing between. */
function roundness(values: readonly number[]): number {
  let power = 1;
  while (values.some((value) => value !== 0) && values.every((value) => value % (10 * power) === 0)) power *= 10;
  return power;
}

function greatestCommon(one: number, other: number): number {
  let [larger, rest] = [one, other];
  while (rest !== 0) [larger, rest] = [rest, larger % rest];
  return larger;
}

export const isFine = (value: number, step: number): boolean => value >= FINE * step;

/** Without making text of it, which takes most of the time. */
function placesOf(value: number): number {
  for (let places = 0; places < MOST_PLACES; places += 1) {
    const unit = 10 ** places;
    if (Math.round(value * unit) / unit === value) return places;
  }
  return MOST_PLACES;
}

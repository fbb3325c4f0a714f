/** The grid on which decimal numbers lie. */
import { onceFor } from "../../samples/lazily.ts";
export interface DecimalGrid {
  /** The greatest common divisor of the values' distances from the first, in their unit. */
  readonly step: number;
  /** One unit in the last decimal place that any of them needs: 0.01 for 1.5 and 2.25. */
  readonly written: number;
}

const MOST_PLACES = 9;
/** Beyond it a double has no digits left for a fraction. */
const LARGEST = 1e14;

/**
 * Steps of 10 written with two places, as in 20.25, 30.25 and 60.25: 10 and 0.01. `null` when all are equal, and for numbers
 * that are no decimals of up to nine places, like thirds: those lie on no grid that could be distinguished from chance. O(n), and once
 * for all detectors that ask the same of the same values.
 */
export const decimalGrid = onceFor(gridOf);

function gridOf(values: readonly number[]): DecimalGrid | null {
  const places = decimalPlaces(values);
  if (places === null) return null;
  const scale = 10 ** places;
  const first = Math.round((values[0] ?? 0) * scale);
  let divisor = 0;
  for (const value of values) {
    divisor = greatestCommonDivisor(divisor, Math.abs(Math.round(value * scale) - first));
    if (divisor === 1) break;
  }
  return divisor === 0 ? null : { step: divisor / scale, written: 1 / scale };
}

function decimalPlaces(values: readonly number[]): number | null {
  let [places, scale] = [0, 1];
  for (const value of values) {
    while (!isWhole(value * scale)) {
      places += 1;
      if (places > MOST_PLACES) return null;
      scale = 10 ** places;
    }
  }
  return places;
}

/** But for rounding errors: of the product, and of sums and differences that the value may come from. */
const isWhole = (value: number): boolean =>
  Math.abs(value) < LARGEST && Math.abs(value - Math.round(value)) <= 1e-6 + Math.abs(value) * 4e-16;

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

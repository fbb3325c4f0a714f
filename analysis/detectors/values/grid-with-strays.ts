import { decimalGrid } from "./decimal-grid.ts";

export interface GridWithStrays {
  readonly step: number;
  readonly written: number;
  /** How many values lie off the grid, at most a twentieth, or one. */
  readonly strays: number;
  /** Values that differ, on the grid. */
  readonly distinct: number;
}

/** Of longer series the first values show the step. */
const LOOKED_AT = 500;
const CANDIDATES = 3;

/**
 * The grid on which all values but a few lie; `null` where all lie on one no coarser than they are written, or none is found.
 * Tried are the steps that most windows of four neighbours have in common.
 */
export function gridWithStrays(values: readonly number[]): GridWithStrays | null {
  const written = decimalGrid(values)?.written;
  if (written === undefined) return null;
  const whole = values.map((value) => Math.round(value / written));
  const votes = new Map<number, number>();
  for (let from = 0; from + 4 <= Math.min(whole.length, LOOKED_AT); from += 1) {
    const [first, ...others] = whole.slice(from, from + 4) as [number, ...number[]];
    const step = others.reduce((divisor, value) => gcd(divisor, Math.abs(value - first)), 0);
    if (step > 1) votes.set(step, (votes.get(step) ?? 0) + 1);
  }
  const steps = [...votes].sort(([, a], [, b]) => b - a).slice(0, CANDIDATES);
  const most = Math.max(1, Math.floor(values.length / 20));
  const fitting = steps.flatMap(([step]) => {
    const on = valuesOnGrid(whole, step, most);
    return on === null ? [] : [{ step: step * written, written, strays: whole.length - on.length, distinct: new Set(on).size }];
  });
  return fitting.sort((a, b) => b.step - a.step)[0] ?? null;
}

/** `null` where more than `most` lie off it. */
function valuesOnGrid(whole: readonly number[], step: number, most: number): readonly number[] | null {
  const remainder = majority(whole, step);
  let strays = 0;
  for (const value of whole) {
    if (modulo(value, step) !== remainder) strays += 1;
    if (strays > most) return null;
  }
  return whole.filter((value) => modulo(value, step) === remainder);
}

const modulo = (value: number, step: number): number => ((value % step) + step) % step;
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The remainder that more than half have, if any does (Boyer and Moore's majority vote, 1981). */
function majority(whole: readonly number[], step: number): number {
  let [candidate, lead] = [Number.NaN, 0];
  for (const value of whole) {
    const remainder = modulo(value, step);
    if (lead === 0) candidate = remainder;
    lead += remainder === candidate ? 1 : -1;
  }
  return candidate;
}

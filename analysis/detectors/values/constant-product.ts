import { decimalGrid } from "./decimal-grid.ts";

const FEWEST = 6;
const MOST_SHIFT = 5;

/**
 * c where y = c / x in every pair within the last places in which x and y are written, and pairs made of an x and the y of one
 * of the five trials after it satisfy it so seldom that chance would do it in at most `mostByChance`; else `null`. O(n).
 */
export function constantProduct(x: readonly number[], y: readonly number[], mostByChance: number): number | null {
  const n = x.length;
  if (n < FEWEST || ![...x, ...y].every((value) => value > 0) || y.every((value) => value === y[0])) return null;
  const [unitX, unitY] = [decimalGrid(x)?.written ?? 0, decimalGrid(y)?.written ?? 0];
  const error = (i: number, j: number): number => unitX / (x[i] as number) + unitY / (y[j] as number);
  const product = (i: number, j: number): number => (x[i] as number) * (y[j] as number);
  const best = x.reduce((least, _, i) => (error(i, i) < error(least, least) ? i : least), 0);
  const constant = product(best, best);
  const holds = (i: number, j: number): boolean =>
    Math.abs(product(i, j) / constant - 1) <= (error(i, j) + error(best, best)) / 2 + 1e-9;
  if (!x.every((_, i) => holds(i, i))) return null;
  let [fits, pairs] = [0, 0];
  for (let shift = 1; shift <= MOST_SHIFT; shift += 1) {
    for (let i = 0; i + shift < n; i += 1) {
      pairs += 1;
      if (holds(i, i + shift)) fits += 1;
    }
  }
  return ((fits + 1) / (pairs + 1)) ** (n - 1) <= mostByChance ? constant : null;
}

import { decimalGrid } from "./decimal-grid.ts";

export interface LinearRelation {
  readonly slope: number;
  readonly offset: number;
}

const FEWEST = 5;
const MOST_SHIFT = 5;

/**
 * y = a·x, y = x + b or y = a·x + b, tried in this order, when it holds in every pair within the last places in which x and y
 * are written. It must not be one that just any such values would satisfy: of the pairs made of an x and the y of one of the five
 * trials after it, a share q satisfies it too, and qⁿ⁻² must be at most `mostByChance` (two pairs fix a line). `null` otherwise,
 * and where x or y is constant. O(n).
 */
export function linearRelation(x: readonly number[], y: readonly number[], mostByChance: number): LinearRelation | null {
  const n = x.length;
  if (n < FEWEST) return null;
  const [low, high] = extremes(x);
  const [x0, x1, y0, y1] = [x[low], x[high], y[low], y[high]] as [number, number, number, number];
  if (x0 === x1 || y.every((value) => value === y[0])) return null;
  const [roundingX, roundingY] = [lastPlace(x), lastPlace(y)];
  const far = Math.abs(x1) > Math.abs(x0) ? high : low;
  const proportion = (y[far] as number) / (x[far] as number);
  const slope = (y1 - y0) / (x1 - x0);
  const candidates: LinearRelation[] = [
    { slope: proportion, offset: 0 },
    { slope: 1, offset: y0 - x0 },
    { slope, offset: y0 - slope * x0 },
  ];
  const holds = ({ slope, offset }: LinearRelation, i: number, j: number): boolean => {
    const [from, to] = [x[i] as number, y[j] as number];
    // Half a place of each from the rounding of this pair, and as much from that of the pairs that gave slope and offset.
    const tolerance = Math.abs(slope) * roundingX + roundingY + 1e-12 * (Math.abs(to) + Math.abs(slope * from));
    return Math.abs(to - slope * from - offset) <= tolerance;
  };
  const found = candidates.find((relation) => x.every((_, i) => holds(relation, i, i)));
  if (found === undefined) return null;
  let [fits, pairs] = [0, 0];
  for (let shift = 1; shift <= MOST_SHIFT && shift < n; shift += 1) {
    for (let i = 0; i + shift < n; i += 1) {
      pairs += 1;
      if (holds(found, i, i + shift)) fits += 1;
    }
  }
  const byChance = ((fits + 1) / (pairs + 1)) ** (n - 2);
  return byChance <= mostByChance
    ? { slope: found.slope, offset: Math.abs(found.offset) < roundingY / 2 ? 0 : tidy(found.offset, roundingY) }
    : null;
}

/** One unit in the last place that is written; 0 for numbers that are no decimals. */
const lastPlace = (values: readonly number[]): number => decimalGrid(values)?.written ?? 0;

function extremes(x: readonly number[]): [low: number, high: number] {
  let [low, high] = [0, 0];
  for (let i = 1; i < x.length; i += 1) {
    if ((x[i] as number) < (x[low] as number)) low = i;
    if ((x[i] as number) > (x[high] as number)) high = i;
  }
  return [low, high];
}

/** Without the rounding errors of a subtraction. */
const tidy = (value: number, unit: number): number => (unit === 0 ? value : Math.round(value / unit) * unit);

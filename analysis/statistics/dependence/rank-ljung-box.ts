import { shuffle } from "../../../research/shuffled.ts";
import { randomIndex } from "../bootstrap/random-index.ts";
import { midranks } from "../tests/ranks.ts";
import { type LjungBox, ljungBox, ljungBoxStatistic } from "./ljung-box.ts";

/**
 * {@link ljungBox} of midranks, which one outlier cannot hide dependence from (Dufour and Roy, "Some robust exact results on
 * sample autocorrelations and tests of randomness", J. Econometrics 29(3), 1985: under independence every order of the ranks is
 * as likely). χ² is far too small a yardstick for short series and many tests: of 50 independent observations p ≤ 0.0001 came
 * thirty times too often (simulated). So Q is held against its values in random orders of n ranks, the same every time; beyond
 * their largest 2 % the tail is taken as exponential with the mean of their excesses (p of 0.0001 is right to a factor of two).
 * Few orders are enough to see that a p is no small one, as most are (after Besag and Clifford, "Sequential Monte Carlo
 * p-values", Biometrika 78(2), 1991): one above 0.02 is right to 0.03 at most. From n = 1000 on χ² serves.
 * `null` when all observations are equal, or fewer than five.
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function rankLjungBox(observations: readonly number[]): LjungBox | null {
  const found = ljungBox(midranks(observations), lagsOf(observations.length));
  if (found === null || observations.length >= LONG) return found;
  const n = observations.length;
  const p = tail(found.statistic, nullOf(n, FEW_ORDERS));
  return { ...found, p: p > TAIL ? p : tail(found.statistic, nullOf(n, MOST_ORDERS)) };
}

/** Half as many as usual: what lasts for a few trials, or drifts, is in the first, and the others add noise. */
const lagsOf = (n: number): number | undefined => (n < 5 ? undefined : Math.min(5, Math.floor(n / 5)));

const LONG = 1_000;
/** Observations drawn for a null distribution, and orders at most: a fiftieth of a second. */
const DRAWN = 500_000;
const MOST_ORDERS = 10_000;
const FEW_ORDERS = 1_000;
const TAIL = 0.02;
const SEED = 1;

const known = new Map<string, Float64Array>();

/** Q of random orders of the ranks 1 … n, ascending. */
function nullOf(n: number, orders: number): Float64Array {
  const key = `${n} ${orders}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const below = randomIndex(SEED);
  // Ranks less their mean: halves, so that nothing is rounded.
  const ranks = Float64Array.from({ length: n }, (_, rank) => rank - (n - 1) / 2);
  const order = new Float64Array(n);
  const lags = lagsOf(n) ?? 0;
  const statistics = Float64Array.from({ length: Math.min(orders, Math.ceil(DRAWN / n)) }, () => {
    order.set(ranks);
    shuffle(order, below);
    return ljungBoxStatistic(order, lags);
  }).sort();
  known.set(key, statistics);
  return statistics;
}

function tail(statistic: number, ascending: Float64Array): number {
  const size = ascending.length;
  const above = size - Math.ceil(TAIL * size);
  const begins = ascending[above - 1] as number;
  if (statistic <= begins) return (size - firstNotBelow(ascending, statistic) + 1) / (size + 1);
  const excess = ascending.subarray(above).reduce((sum, value) => sum + value - begins, 0) / (size - above);
  return ((size - above) / size) * Math.exp((begins - statistic) / excess);
}

/** The place of the first value that is not below this one. */
function firstNotBelow(ascending: Float64Array, value: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ascending[middle] as number) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

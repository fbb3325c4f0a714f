/** How Ljung and Box's Q is distributed in random orders of ranks: what rank-ljung-box-quantiles.ts is made of, and tested by. */

import { shuffle } from "../../research/shuffled.ts";
import { randomIndex } from "../statistics/bootstrap/random-index.ts";
import { ljungBoxStatistic } from "../statistics/dependence/ljung-box.ts";
import { lagsOf } from "../statistics/dependence/rank-ljung-box.ts";

/** Q of random orders of the ranks 1 … n, ascending. @param n 5 or more */
export function statisticsOfRandomOrders(n: number, orders: number, seed: number): Float64Array {
  const below = randomIndex(seed);
  const order = Float64Array.from({ length: n }, (_, rank) => rank - (n - 1) / 2);
  const lags = lagsOf(n) as number;
  const statistics = new Float64Array(orders);
  for (let each = 0; each < orders; each += 1) {
    shuffle(order, below);
    statistics[each] = ljungBoxStatistic(order, lags);
  }
  return statistics.sort();
}

/** The largest value that so large a part of them reaches. */
export const upperQuantile = (ascending: Float64Array, p: number): number =>
  ascending[Math.floor((1 - p) * ascending.length)] as number;

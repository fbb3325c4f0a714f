import { expect, test } from "vitest";
import { normalDraws } from "../../testing/normal-draws.ts";
import { statisticsOfRandomOrders, upperQuantile } from "../../testing/random-orders.ts";
import { midranks } from "../tests/ranks.ts";
import { pOf, rankLjungBox } from "./rank-ljung-box.ts";

const ofRanks = (observations: readonly number[]) => rankLjungBox(midranks(observations));

const y = [5.1, 5.3, 4.9, 5.8, 6.1, 6.0, 5.5, 5.2, 4.8, 4.7, 5.0, 5.6, 6.3, 6.2, 5.9, 5.4, 5.0, 4.6, 4.9, 5.3];
const z = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4];

// R 4.2.2: Box.test(rank(y), lag = 4, type = "Ljung-Box")$statistic; p from 200 000 random orders, set.seed(1):
// q <- replicate(200000, { a <- acf(sample(20), plot = FALSE, lag.max = 4)$acf[-1]; 20 * 22 * sum(a^2 / (20 - 1:4)) })
test.each([
  ["dependent", y, 29.701670952744347, 0.00025],
  ["not dependent, many equal", z, 2.369900879269315, 0.71861],
])("as R has it: %s", (_, values, statistic, p) => {
  const found = ofRanks(values);
  expect(found?.statistic).toBeCloseTo(statistic, 10);
  expect((found?.p ?? Number.NaN) / p).toBeGreaterThan(p < 0.02 ? 0.75 : 0.95); // R's p has 50 orders in it
  expect((found?.p ?? Number.NaN) / p).toBeLessThan(p < 0.02 ? 1.33 : 1.05);
});

test("one outlier changes hardly anything, and the unit nothing", () => {
  const wild = y.map((value, index) => (index === 12 ? 6000 : value));
  expect(ofRanks(wild)).toEqual(ofRanks(y)); // it was the largest before
  expect(ofRanks(y.map((value) => Math.exp(3 * value)))).toEqual(ofRanks(y));
});

test("of independent observations so many are found as the level says, far out too", () => {
  const draw = normalDraws(11);
  const ps = Array.from({ length: 4000 }, () => ofRanks(Array.from({ length: 50 }, draw))?.p ?? 1);
  const below = (level: number): number => ps.filter((p) => p <= level).length;
  // 200, 40 and 4 are expected; χ² with ten lags has 290, 100 and 31.
  expect(below(0.05)).toBeLessThan(240);
  expect(below(0.05)).toBeGreaterThan(160);
  expect(below(0.01)).toBeLessThan(60);
  expect(below(0.001)).toBeLessThan(12);
});

test("equal and too few observations have no order", () => {
  expect(ofRanks([1, 2, 3, 4])).toBeNull();
  expect(ofRanks([7, 7, 7, 7, 7, 7])).toBeNull();
});

// Other orders than those of the table, and numbers of observations that it does not have.
test.each([10, 15, 20, 37, 50, 120])("p of %i observations is how many random orders have such a Q", (n) => {
  const orders = 100_000;
  const ascending = statisticsOfRandomOrders(n, orders, 2);
  for (const p of [0.7, 0.3, 0.1, 0.05, 0.02, 0.007, 0.002]) {
    const statistic = upperQuantile(ascending, p);
    const reached = ascending.filter((value) => value >= statistic).length / orders;
    const found = pOf(n, { statistic, degreesOfFreedom: Math.min(5, Math.floor(n / 5)), p: Number.NaN });
    // Above 0.1 as the docstring says; below, four standard errors of so many orders, and 5 %.
    if (p > 0.1) expect(Math.abs(found - reached)).toBeLessThan(n < 15 ? 0.07 : 0.02);
    else expect(Math.abs(found / reached - 1)).toBeLessThan(0.05 + 4 / Math.sqrt(reached * orders));
  }
});

test("beyond the table p goes on to fall, and never to nothing", () => {
  const slow = Array.from({ length: 50 }, (_, index) => index);
  const slower = Array.from({ length: 20 }, (_, index) => index);
  expect(ofRanks(slow)?.p).toBeLessThan(1e-6);
  expect(ofRanks(slow)?.p).toBeGreaterThan(0);
  expect(ofRanks(slower)?.p).toBeLessThan(1e-4);
  // Six have 720 orders: the largest Q is that of two of them.
  expect(ofRanks([1, 2, 3, 4, 5, 6])?.p).toBeGreaterThan(1 / 720);
});

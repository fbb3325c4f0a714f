import { expect, test } from "vitest";
import { normalDraws } from "../../testing/normal-draws.ts";
import { rankLjungBox } from "./rank-ljung-box.ts";

const y = [5.1, 5.3, 4.9, 5.8, 6.1, 6.0, 5.5, 5.2, 4.8, 4.7, 5.0, 5.6, 6.3, 6.2, 5.9, 5.4, 5.0, 4.6, 4.9, 5.3];
const z = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4];

// R 4.2.2: Box.test(rank(y), lag = 4, type = "Ljung-Box")$statistic; p from 200 000 random orders, set.seed(1):
// q <- replicate(200000, { a <- acf(sample(20), plot = FALSE, lag.max = 4)$acf[-1]; 20 * 22 * sum(a^2 / (20 - 1:4)) })
test.each([
  ["dependent", y, 29.701670952744347, 0.00025],
  ["not dependent, many equal", z, 2.369900879269315, 0.71861],
])("as R has it: %s", (_, values, statistic, p) => {
  const found = rankLjungBox(values);
  expect(found?.statistic).toBeCloseTo(statistic, 10);
  // Far out the tail is taken on, to a factor of two or so.
  expect((found?.p ?? Number.NaN) / p).toBeGreaterThan(p < 0.02 ? 0.4 : 0.95);
  expect((found?.p ?? Number.NaN) / p).toBeLessThan(p < 0.02 ? 2.5 : 1.05);
});

test("one outlier changes hardly anything, and the unit nothing", () => {
  const wild = y.map((value, index) => (index === 12 ? 6000 : value));
  expect(rankLjungBox(wild)).toEqual(rankLjungBox(y)); // it was the largest before
  expect(rankLjungBox(y.map((value) => Math.exp(3 * value)))).toEqual(rankLjungBox(y));
});

test("of independent observations so many are found as the level says, far out too", () => {
  const draw = normalDraws(11);
  const ps = Array.from({ length: 4000 }, () => rankLjungBox(Array.from({ length: 50 }, draw))?.p ?? 1);
  const below = (level: number): number => ps.filter((p) => p <= level).length;
  // 200, 40 and 4 are expected; χ² with ten lags has 290, 100 and 31.
  expect(below(0.05)).toBeLessThan(240);
  expect(below(0.05)).toBeGreaterThan(160);
  expect(below(0.01)).toBeLessThan(60);
  expect(below(0.001)).toBeLessThan(12);
});

test("equal and too few observations have no order", () => {
  expect(rankLjungBox([1, 2, 3, 4])).toBeNull();
  expect(rankLjungBox([7, 7, 7, 7, 7, 7])).toBeNull();
});

import { describe, expect, test } from "vitest";
import { timeOrder } from "../samples/time-order.ts";
import { quantileInterval } from "../statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { measurement, scattered } from "../testing/measurement.ts";
import { normalDraws } from "../testing/normal-draws.ts";
import { dependentTrials, levelShifts, type Ordered } from "./time-dependence.ts";

const ordered = (...samples: readonly (readonly number[])[]): Ordered =>
  samples.map((values, index) => [
    measurement(values, { factors: { image: `${index}` } }),
    values.length === 0 ? null : timeOrder(values),
  ]);

/** Each correlated with the one before. */
function correlated(seed: number, correlation: number): number[] {
  const draw = normalDraws(seed);
  let before = draw();
  return Array.from({ length: 50 }, () => {
    before = correlation * before + Math.sqrt(1 - correlation ** 2) * draw();
    return 300 + 30 * before;
  });
}

describe("the level of a condition", () => {
  test("that changes is found: where, from what to what, in which row", () => {
    const stepped = scattered(1).map((value, index) => (index < 12 ? value + 150 : value));
    const [finding, ...more] = levelShifts(ordered(stepped));
    expect(more).toEqual([]);
    expect(finding?.summary).toBe("startup 0 total_ms: the level changes at trial 13 of 50");
    expect(finding?.rows).toEqual([13]);
    expect(finding?.evidence).toMatch(/median 462 ms before, 298 ms after, p = /);
  });

  test("that changes often is one finding", () => {
    const stairs = scattered(2, 60).map((value, index) => value + 200 * Math.floor(index / 10));
    const [finding, ...more] = levelShifts(ordered(stairs));
    expect(more).toEqual([]);
    expect(finding?.numbers.changes).toBeGreaterThanOrEqual(4);
    expect(finding?.summary).toMatch(/at trial \d+, \d+, \d+, and \d+ more of 60/);
  });

  test("is asked for the more certainly, the more conditions there are", () => {
    const order = { ...timeOrder(scattered(3)), changepoints: [{ position: 20, medianBefore: 1, medianAfter: 2, p: 0.004 }] };
    const one: Ordered = [[measurement(scattered(3)), order]];
    expect(levelShifts(one)).toHaveLength(1);
    expect(levelShifts([...one, ...ordered(...Array.from({ length: 20 }, (_, seed) => scattered(seed + 10)))])).toEqual([]);
  });
});

describe("trials that depend on those before them", () => {
  test("are found, with what they are worth", () => {
    const [finding] = dependentTrials(ordered(correlated(4, 0.8)));
    expect(finding?.evidence).toMatch(/worth about \d+ independent trials of 50/);
    expect(finding?.numbers.effective_n).toBeLessThan(25);
  });

  test("get a wider interval of the median, from blocks of neighbours", () => {
    const values = correlated(4, 0.8);
    const [finding] = dependentTrials(ordered(values));
    const [lo, hi] = [finding?.numbers.median_block_lo ?? Number.NaN, finding?.numbers.median_block_hi ?? Number.NaN];
    const exact = quantileInterval(sortedSamples(values), 0.5)?.interval ?? [Number.NaN, Number.NaN];
    expect(hi - lo).toBeGreaterThan(exact[1] - exact[0]);
    expect(finding?.evidence).toMatch(/95 % CI of the median by block bootstrap \d+ to \d+ ms/);
  });

  test("that swing to and fro do not make an interval too narrow", () => {
    const swinging = scattered(5).map((value, index) => value + (index % 2 === 0 ? 60 : -60));
    expect(timeOrder(swinging).ljung_box_p).toBeLessThan(0.001);
    expect(dependentTrials(ordered(swinging))).toEqual([]);
  });
});

test("of 200 clean platforms of six conditions, about one in twenty is warned of, and no more", () => {
  const platforms = Array.from({ length: 200 }, (_, platform) =>
    ordered(...Array.from({ length: 6 }, (_, condition) => scattered(1000 + platform * 6 + condition))),
  );
  // 5 % of 200 is 10, with a standard error of 3; three of them above is 19.
  expect(platforms.filter((platform) => levelShifts(platform).length > 0).length).toBeLessThan(20);
  expect(platforms.filter((platform) => dependentTrials(platform).length > 0).length).toBeLessThan(20);
});

test("no values, equal values and very few have no order", () => {
  const dull = ordered(
    [],
    [5],
    [1, 2],
    Array.from({ length: 20 }, () => 5),
  );
  expect([...levelShifts(dull), ...dependentTrials(dull)]).toEqual([]);
});

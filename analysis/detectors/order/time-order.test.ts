import { describe, expect, test } from "vitest";
import { timeOrder } from "../../samples/time-order.ts";
import { quantileInterval } from "../../statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { blockKey, type Measurement } from "../../subjects/measurement.ts";
import { inOrder, measurement, scattered } from "../../testing/measurement.ts";
import { normalDraws } from "../../testing/normal-draws.ts";
import { dependentTrials } from "./dependent-trials.ts";
import { levelShifts } from "./level-shift.ts";
import type { Ordered } from "./ordered.ts";

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

/** Six conditions in turns, each with a disturbance of its own. */
const sixInTurns = (seed: number, disturb: (values: readonly number[], condition: number) => number[]): Ordered =>
  inOrder(
    Array.from({ length: 6 }, (_, index) => {
      const values = disturb(scattered(10 * seed + index), index);
      return measurement(values, { factors: { image: `${index}` } });
    }),
    "alternating",
  ).map((each) => [each, timeOrder(each.values)]);
const slowFrom = (block: number, by: number) => (values: readonly number[]) =>
  values.map((value, index) => (index < block ? value : value + by));

describe("the level of all conditions", () => {
  test("that changes by less than their scatter is found, and reported once", () => {
    const findings = levelShifts(sixInTurns(1, slowFrom(20, 20)));
    expect(findings.map(({ condition }) => condition)).toEqual(["0, 1, 2, 3, 4, 5"]);
    expect(findings[0]?.summary).toMatch(
      /^startup total_ms: the level of the conditions together changes at block (19|2\d) of 50$/,
    );
    expect(findings[0]?.evidence).toMatch(/^0 median \d+ ms before, \d+ after, 1 median/);
    const block = findings[0]?.numbers.block as number;
    expect(findings[0]?.rows).toEqual([6 * (block - 1) + 1]);
  });

  test("is found in every platform where the change is two thirds of the scatter; in one condition hardly ever", () => {
    const seeds = Array.from({ length: 30 }, (_, seed) => seed + 50);
    const found = (change: Parameters<typeof sixInTurns>[1]): number =>
      seeds.filter((seed) => levelShifts(sixInTurns(seed, change)).length > 0).length;
    expect(found(slowFrom(25, 20))).toBeGreaterThanOrEqual(29);
    expect(found((values, index) => (index === 0 ? slowFrom(25, 20)(values) : [...values]))).toBeLessThan(10);
  });

  test("does not change where one of them does, however much", () => {
    const findings = levelShifts(sixInTurns(2, (values, index) => (index === 3 ? slowFrom(20, 500)(values) : [...values])));
    expect(findings.map(({ condition }) => condition)).toEqual(["3"]);
  });

  test("is reported beside what one of them shows alone", () => {
    const both = sixInTurns(3, (values, index) => (index === 3 ? slowFrom(38, 300) : slowFrom(0, 0))(slowFrom(15, 60)(values)));
    expect(levelShifts(both).map(({ condition }) => condition)).toEqual(["0, 1, 2, 3, 4, 5", "3"]);
  });

  test("is not looked for in conditions that took no turns", () => {
    const inRow = inOrder(
      sixInTurns(4, slowFrom(20, 20)).map(([each]) => each),
      "one after the other",
    );
    const findings = levelShifts(inRow.map((each) => [each, timeOrder(each.values)]));
    expect(findings.filter(({ condition }) => condition.includes(","))).toEqual([]);
  });

  test("that differs between sessions is no change; within them it is", () => {
    const inSessions = (values: readonly number[]): Measurement =>
      measurement(values, { blocks: values.map((_, index) => blockKey(Math.floor(index / 10) + 1, (index % 10) + 1)) });
    const levels = [0, 200, -100, 80, 300];
    const apart = inSessions(scattered(5).map((value, index) => value + (levels[Math.floor(index / 10)] as number)));
    expect(levelShifts([[apart, timeOrder(apart.values)]])).toEqual([]);
    expect(dependentTrials([[apart, timeOrder(apart.values)]])).toEqual([]);
    const warming = scattered(5, 60).map((value, index) => value + (index < 15 ? 150 : 0) + (index < 40 ? 0 : 300));
    const longer = measurement(warming, { blocks: warming.map((_, index) => blockKey(index < 40 ? 1 : 2, index)) });
    expect(levelShifts([[longer, timeOrder(longer.values)]])[0]?.summary).toMatch(/changes at trial 1[4-7] of 60/);
  });
});

describe("trials that depend on those before them", () => {
  test("are found, with what they are worth", () => {
    const [finding] = dependentTrials(ordered(correlated(4, 0.8)));
    expect(finding?.evidence).toMatch(/worth about \d+ independent trials of 50/);
    expect(finding?.numbers.effective_n).toBeLessThan(25);
  });

  test("get a wider interval of the median, as their effective number requires", () => {
    const values = correlated(4, 0.8);
    const [finding] = dependentTrials(ordered(values));
    const [lo, hi] = [finding?.numbers.median_lo ?? Number.NaN, finding?.numbers.median_hi ?? Number.NaN];
    const exact = quantileInterval(sortedSamples(values), 0.5)?.interval ?? [Number.NaN, Number.NaN];
    expect(hi - lo).toBeGreaterThan(1.5 * (exact[1] - exact[0]));
    expect(finding?.evidence).toMatch(/95 % CI of the median that allows for it \d+ to \d+ ms/);
  });

  test("are not hidden by one outlier", () => {
    const found = (outlier: number): number =>
      Array.from({ length: 50 }, (_, seed) => {
        const values = correlated(seed + 100, 0.6);
        values[20] = outlier;
        return dependentTrials(ordered(values)).length;
      }).reduce((sum, findings) => sum + findings, 0);
    expect(found(3000)).toBeGreaterThan(25);
    expect(found(3000)).toBeGreaterThan(found(300) - 6);
  });

  test("that swing to and fro do not make an interval too narrow", () => {
    const swinging = scattered(5).map((value, index) => value + (index % 2 === 0 ? 60 : -60));
    expect(timeOrder(swinging).ljung_box_p).toBeLessThan(0.001);
    expect(dependentTrials(ordered(swinging))).toEqual([]);
  });
});

test("of a hundred clean platforms of six conditions, hardly any is warned of", () => {
  const platforms = Array.from({ length: 100 }, (_, platform) =>
    ordered(...Array.from({ length: 6 }, (_, condition) => scattered(1000 + platform * 6 + condition))),
  );
  // 2 % of 100 is 2, with a standard error of 1.4; three of them above is 6.
  expect(platforms.filter((platform) => levelShifts(platform).length > 0).length).toBeLessThanOrEqual(6);
  expect(platforms.filter((platform) => dependentTrials(platform).length > 0).length).toBeLessThanOrEqual(6);
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

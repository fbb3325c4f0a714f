import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holm } from "../tests/holm.ts";
import { holmIntervals } from "./holm-intervals.ts";
import { estimateInterval, factorInterval, factorOf, type LogEstimate, pAtLeast, pAtMost, pOfNone } from "./log-estimate.ts";
import { pairedSessions, sessionLevel, unpairedSessions } from "./session-level.ts";

const a = [231.2, 244.9, 238.4, 229.8, 251.3];
const b = [240.1, 252.2, 241.9, 243.3, 259.9];
const rounds = a.map((ofA, index) => [ofA, b[index] as number] as const);

const checked = (estimate: LogEstimate | null): LogEstimate => {
  if (estimate === null) throw new Error("no estimate");
  return estimate;
};

// R 4.2.2: t1 <- t.test(log(a)); t2 <- t.test(log(a), log(b), paired = TRUE); t3 <- t.test(log(a), log(b))
test.each([
  ["one platform's level: t.test(log(a))", sessionLevel(a), 238.98193640560689, 227.98163052808374, 250.51301631575157, 4, null],
  ["paired", pairedSessions(rounds), 0.96609709443817182, 0.94783528260183403, 0.98471075408780306, 4, 0.0073956023814360341],
  [
    "Welch",
    unpairedSessions(a, b),
    0.96609709443817215,
    0.91684518300191831,
    1.017994764204292,
    7.876821862252834,
    0.16655654563687514,
  ],
])("as R has it: %s", (_, estimate, factor, low, high, df, p) => {
  const found = checked(estimate);
  expect(factorOf(found)).toBeCloseTo(factor, 9);
  expect(factorInterval(found)[0]).toBeCloseTo(low, 9);
  expect(factorInterval(found)[1]).toBeCloseTo(high, 9);
  expect(found.df).toBeCloseTo(df, 9);
  if (p !== null) expect(pOfNone(found)).toBeCloseTo(p, 12);
});

test("paired is the mixed model with a random round: nlme 3.1-162, lme(log(y) ~ platform, random = ~1 | round)", () => {
  const paired = checked(pairedSessions(rounds));
  expect(paired.value).toBeCloseTo(-0.034490937979836857, 10);
  expect(paired.standardError).toBeCloseTo(0.006873431, 7); // REML, by iteration
  expect(pOfNone(paired)).toBeCloseTo(0.0073957, 6);
});

test("one-sided against a bound: t.test(log(a) - log(b), mu = log(0.95), alternative = 'greater')", () => {
  const paired = checked(pairedSessions(rounds));
  expect(pAtMost(paired, 0.95)).toBeCloseTo(0.035430036284218286, 12);
  expect(pAtLeast(paired, 0.95)).toBeCloseTo(1 - 0.035430036284218286, 12);
});

test("one session a side, one round, or a value that is not positive give no estimate", () => {
  expect(sessionLevel([3])).toBeNull();
  expect(pairedSessions([[1, 2]])).toBeNull();
  expect(unpairedSessions([1, 2, 3], [4])).toBeNull();
  expect(unpairedSessions([1, 2, 0], [4, 5, 6])).toBeNull();
  expect(
    pairedSessions([
      [1, 2],
      [1, -2],
    ]),
  ).toBeNull();
});

test("sessions that agree to the last bit: the factor itself, and no doubt of it", () => {
  const same = checked(unpairedSessions([2, 2, 2], [1, 1, 1]));
  expect(factorInterval(same).map((end) => end.toFixed(9))).toEqual(["2.000000000", "2.000000000"]);
  expect(pOfNone(same)).toBe(0);
  expect(pOfNone(checked(unpairedSessions([2, 2], [2, 2])))).toBe(1);
});

test("turned round it is the reciprocal; a change of unit changes nothing", () => {
  const positive = fc.array(fc.double({ min: 0.5, max: 900, noNaN: true }), { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(positive, positive, (x, y) => {
      const [xy, yx] = [checked(unpairedSessions(x, y)), checked(unpairedSessions(y, x))];
      const scaled = checked(
        unpairedSessions(
          x.map((v) => 4 * v),
          y.map((v) => 4 * v),
        ),
      );
      expect(factorOf(xy) * factorOf(yx)).toBeCloseTo(1, 9);
      expect(factorInterval(scaled)[1]).toBeCloseTo(factorInterval(xy)[1], 6);
      expect(pOfNone(xy)).toBeCloseTo(pOfNone(yx), 9);
    }),
    { seed: 1 },
  );
});

describe("several at once", () => {
  const estimate = (log: number): LogEstimate => ({ value: log, standardError: 0.01, df: 4 });
  const several = [estimate(0.1), null, estimate(0.03), estimate(0.002), estimate(0.05)];

  test("an interval leaves out 1 exactly where Holm's p-value is at most 5 %", () => {
    const logs = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(logs, (values) => {
        const estimates = values.map(estimate);
        const adjusted = holm(estimates.map(pOfNone));
        holmIntervals(estimates).forEach((interval, index) => {
          const [low, high] = interval as [number, number];
          expect(low > 0 || high < 0).toBe((adjusted[index] as number) < 0.05);
        });
      }),
      { seed: 1 },
    );
  });

  test("the smallest p-value pays for all, the next for one less; what could not be estimated counts for nothing", () => {
    const intervals = holmIntervals(several);
    expect(intervals[1]).toBeNull();
    expect(intervals[0]).toEqual(estimateInterval(estimate(0.1), 1 - 0.05 / 4));
    expect(intervals[4]).toEqual(estimateInterval(estimate(0.05), 1 - 0.05 / 3));
    expect(intervals[2]).toEqual(estimateInterval(estimate(0.03), 1 - 0.05 / 2));
    expect(intervals[3]).toEqual(estimateInterval(estimate(0.002), 1 - 0.05 / 2));
    expect(holmIntervals([estimate(0.03)])).toEqual([estimateInterval(estimate(0.03))]);
  });
});

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { normalDraws } from "../../testing/normal-draws.ts";
import { factorInterval, type LogEstimate } from "./log-estimate.ts";
import { sessionHalfWidth } from "./session-half-width.ts";
import { sessionLevel } from "./session-level.ts";
import { sessionsNeeded } from "./sessions-needed.ts";

const medians = [231.2, 244.9, 238.4, 229.8, 251.3];

// R 4.2.2: ci <- exp(t.test(log(a))$conf.int); diff(ci) / 2 / exp(mean(log(a)))
test("half the width of the level's interval, over the level", () => {
  expect(sessionHalfWidth(medians)).toBeCloseTo((250.51301631575157 - 227.98163052808374) / 2 / 238.98193640560689, 9);
});

// As with --precision 2%, five sessions at the earliest and fifty at most; sessions differ by 3 %.
test("stopping once it is narrow enough costs the interval little of its coverage", () => {
  const draw = normalDraws(1);
  const runs = 400;
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const sessions: number[] = [];
    do sessions.push(Math.exp(0.03 * draw()));
    while (sessions.length < 50 && (sessions.length < 5 || (sessionHalfWidth(sessions) as number) > 0.02));
    const [lo, hi] = factorInterval(sessionLevel(sessions) as LogEstimate);
    if (lo <= 1 && 1 <= hi) covered += 1;
  }
  expect(covered / runs).toBeGreaterThan(0.9);
  expect(covered / runs).toBeLessThan(0.98);
});

test("one session, or a value that is not positive, has none", () => {
  expect(sessionHalfWidth([3])).toBeNull();
  expect(sessionHalfWidth([1, 2, 0])).toBeNull();
  expect(sessionsNeeded([3])).toBeNull();
});

describe("how many sessions bring it to a share", () => {
  // R 4.2.2: s <- sd(log(a)); min(Filter(function(k) sinh(qt(0.975, k - 1) * s / sqrt(k)) <= 0.02, 2:1000))
  it("as R counts", () => {
    expect(sessionsNeeded(medians)).toBe(17);
    expect(sessionsNeeded(medians, 0.05)).toBe(5);
    expect(sessionsNeeded(medians, 0.01)).toBe(58);
  });

  it("is at most as many as there are exactly where the share is reached", () => {
    const several = fc.array(fc.double({ min: 90, max: 110, noNaN: true }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(several, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (of, share) => {
        const needed = sessionsNeeded(of, share);
        const width = sessionHalfWidth(of) as number;
        if (needed !== null && Math.abs(width - share) > 1e-9) expect(needed <= of.length).toBe(width <= share);
      }),
      { seed: 1 },
    );
  });

  it("is two for sessions that agree, and none where it would be more than 10 000", () => {
    expect(sessionsNeeded([7, 7, 7])).toBe(2);
    expect(sessionsNeeded([1, 1000], 0.001)).toBeNull();
    expect(() => sessionsNeeded(medians, 0)).toThrow(RangeError);
  });
});

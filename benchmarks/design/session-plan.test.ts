import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { mostSessions, planSessions, portionOf, SEED_LIMIT, usualSessions } from "./session-plan.ts";

const portions = (total: number, sessions: number): number[] =>
  Array.from({ length: sessions }, (_, index) => portionOf(total, { iterations: total, sessions, index }));

test.each([
  [1, 1],
  [4, 1],
  [5, 1],
  [9, 1],
  [10, 2],
  [24, 4],
  [25, 5],
  [50, 5],
  [100_000, 5],
])("%i iterations are %i sessions where nothing else is said", (iterations, sessions) => {
  expect(usualSessions(iterations)).toBe(sessions);
});

test("with a precision, the cap is cut into sessions of ten blocks", () => {
  expect([5, 10, 59, 500].map(mostSessions)).toEqual([1, 1, 5, 50]);
});

describe("portions", () => {
  it("of 50 warm and 20 cold starts in five sessions are ten and four", () => {
    expect(portions(50, 5)).toEqual([10, 10, 10, 10, 10]);
    expect(portions(20, 5)).toEqual([4, 4, 4, 4, 4]);
  });

  it("spread what is less than one for each", () => {
    expect(portions(3, 5)).toEqual([0, 1, 0, 1, 1]);
  });

  it("add up to the total, and differ by one at most", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 200 }), (total, sessions) => {
        const each = portions(total, sessions);
        expect(each.reduce((sum, portion) => sum + portion, 0)).toBe(total);
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it("give a session no more cold than warm starts, as two of five are cold", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (warm, asked) => {
        const sessions = Math.min(warm, asked);
        const cold = portions(Math.round(0.4 * warm), sessions);
        expect(portions(warm, sessions).every((of, index) => of >= (cold[index] as number))).toBe(true);
      }),
      { seed: 1 },
    );
  });
});

describe("planSessions", () => {
  const plan = planSessions(3, 40, 7);

  it("gives every platform one session in every round, the rounds one after the other", () => {
    expect(plan.map(({ round }) => round)).toEqual(Array.from({ length: 120 }, (_, index) => Math.floor(index / 3)));
    expect(plan.map(({ turn }) => turn)).toEqual(Array.from({ length: 120 }, (_, index) => index % 3));
    for (let round = 0; round < 40; round += 1)
      expect(plan.flatMap((turn) => (turn.round === round ? turn.platform : [])).sort()).toEqual([0, 1, 2]);
  });

  it("draws the order in every round: each of the six comes up", () => {
    const orders = Array.from({ length: 40 }, (_, round) =>
      plan.flatMap((turn) => (turn.round === round ? turn.platform : [])).join(""),
    );
    expect(new Set(orders).size).toBe(6);
  });

  it("has one seed a round for all platforms, the run's own in the first", () => {
    const seeds = Array.from({ length: 40 }, (_, round) => [
      ...new Set(plan.flatMap((turn) => (turn.round === round ? turn.seed : []))),
    ]);
    expect(seeds.every((inRound) => inRound.length === 1)).toBe(true);
    expect(seeds[0]).toEqual([7]);
    expect(new Set(seeds.flat()).size).toBe(40);
    expect(seeds.flat().every((seed) => seed >= 0 && seed < SEED_LIMIT)).toBe(true);
  });

  it("is drawn from the seed", () => {
    expect(planSessions(3, 40, 7)).toEqual(plan);
    expect(planSessions(3, 40, 8)).not.toEqual(plan);
    expect(planSessions(1, 1, 8)).toEqual([{ platform: 0, round: 0, turn: 0, seed: 8 }]);
  });
});

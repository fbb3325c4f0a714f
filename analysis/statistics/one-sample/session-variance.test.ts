import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { sessionVariance } from "./session-variance.ts";

const sessions = (...trials: number[][]) => trials.map(sortedSamples);

describe("variance between and within sessions", () => {
  // R 4.2.2: A <- anova(lm(y ~ session)); within A$"Mean Sq"[2], between (A$"Mean Sq"[1] - A$"Mean Sq"[2]) / n0 with
  // n0 <- (N - sum(n^2) / N) / (k - 1)
  test.each([
    [
      "unequal sessions",
      sessions([281.4, 276.9, 290.2, 284.0], [291.7, 301.3, 297.5], [283.3, 288.8, 280.6, 295.1, 278.2]),
      36.003796296296244,
      37.309137115838858,
    ],
    ["equal sessions", sessions([1, 2, 3, 4], [2, 3, 4, 5], [9, 8, 7, 9]), 1.4166666666666663, 9.0833333333333339],
    ["sessions closer than their trials: negative, not clamped", sessions([1, 5, 9], [2, 5, 8]), 12.5, -4.166666666666667],
  ])("%s: as R has it", (_, trials, within, between) => {
    const result = sessionVariance(trials);
    expect(result.within).toBeCloseTo(within, 10);
    expect(result.between).toBeCloseTo(between, 10);
  });

  test("of equal sessions as REML has it: lme4 1.1-31, VarCorr(lmer(y ~ 1 + (1 | session)))", () => {
    const { within, between } = sessionVariance(sessions([1, 2, 3, 4], [2, 3, 4, 5], [9, 8, 7, 9]));
    expect(between).toBeCloseTo(9.083333, 5);
    expect(within).toBeCloseTo(1.416667, 5);
  });

  test("of a single session: within only", () => {
    expect(sessionVariance(sessions([1, 2, 3]))).toEqual({ within: 1, between: null });
  });

  test("of sessions of one trial each nothing can be told apart", () => {
    expect(sessionVariance(sessions([1], [2], [3]))).toEqual({ within: null, between: null });
  });

  test("of no sessions there is none", () => {
    expect(() => sessionVariance([])).toThrow("no sessions, so no variance");
  });

  test("a shift of all changes nothing, a shift of one session only what lies between", () => {
    const plain = sessionVariance(sessions([1, 2, 4], [3, 5, 6, 8]));
    const moved = sessionVariance(sessions([101, 102, 104], [103, 105, 106, 108]));
    const apart = sessionVariance(sessions([1, 2, 4], [103, 105, 106, 108]));
    expect(moved.within).toBeCloseTo(plain.within as number, 10);
    expect(moved.between).toBeCloseTo(plain.between as number, 10);
    expect(apart.within).toBeCloseTo(plain.within as number, 10);
    expect(apart.between).toBeGreaterThan(1000);
  });
});

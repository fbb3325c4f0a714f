import { describe, expect, it } from "vitest";
import { SESSIONS } from "../../research/protocol.ts";
import { nanoseconds } from "../../research/units.ts";
import type { ScheduledTrial } from "../design/schedule.ts";
import { PrecisionGoal } from "./precision-goal.ts";
import type { TrialReport } from "./startup-row.ts";

const warm: ScheduledTrial = { image: "small", mode: "warm", variant: null, warmup: false };
const cold: ScheduledTrial = { ...warm, mode: "cold" };
const report = (trial: ScheduledTrial, total: number | null, outcome: "ok" | "failed" = "ok"): TrialReport =>
  ({ trial, total: total === null ? null : nanoseconds(total), start: { outcome } }) as TrialReport;

describe("PrecisionGoal", () => {
  it("stops a condition when the interval over its sessions is narrow enough, and no other", () => {
    const asked: (readonly (readonly number[])[])[] = [];
    const goal = new PrecisionGoal(0.02, (sessions) => {
      asked.push(sessions);
      return sessions.length < 7 ? 0.5 : 0.02;
    });
    for (let session = 1; session <= 7; session += 1) {
      expect(goal.reached(warm)).toBe(false);
      goal.note(report(warm, 1e8));
      goal.note(report(warm, session * 1e8));
      goal.endSession();
      if (session % 2 === 0) goal.note(report(cold, 2e8));
    }
    expect(goal.reached(warm)).toBe(true);
    expect(goal.reachedBy("small warm")).toBe(true);
    expect(goal.reached(cold)).toBe(false);
    expect(goal.reached({ ...warm, warmup: true })).toBe(false);
    expect(asked.map(({ length }) => length)).toEqual([5, 6, 7]);
    expect(asked[0]).toEqual([1, 2, 3, 4, 5].map((session) => [100, session * 100]));
  });

  it("judges whole sessions alone, so many of them at least", () => {
    const goal = new PrecisionGoal(0.02, () => 0);
    for (let session = 1; session < SESSIONS.precisionMinimum; session += 1) {
      for (let trial = 0; trial < 100; trial += 1) goal.note(report(warm, 1e8));
      goal.endSession();
    }
    goal.note(report(warm, 1e8));
    expect(goal.reached(warm)).toBe(false);
    goal.endSession();
    expect(goal.reached(warm)).toBe(true);
  });

  it("counts neither warm-ups nor failures nor starts without a total", () => {
    const goal = new PrecisionGoal(0.02, () => 0);
    for (let session = 0; session < 10; session += 1) {
      goal.note(report({ ...warm, warmup: true }, 1e8));
      goal.note(report(warm, 1e8, "failed"));
      goal.note(report(warm, null));
      goal.endSession();
    }
    expect(goal.reached(warm)).toBe(false);
  });

  it("without a share, or where there is no interval, never stops", () => {
    for (const goal of [new PrecisionGoal(undefined, () => 0), new PrecisionGoal(0.02, () => null)]) {
      for (let session = 0; session < 10; session += 1) {
        goal.note(report(warm, 1e8));
        goal.endSession();
      }
      expect(goal.reached(warm)).toBe(false);
    }
  });
});

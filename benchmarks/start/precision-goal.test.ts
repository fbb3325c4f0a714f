import { describe, expect, it } from "vitest";
import { STARTUP } from "../../research/protocol.ts";
import { nanoseconds } from "../../research/units.ts";
import type { ScheduledTrial } from "../design/schedule.ts";
import { PrecisionGoal } from "./precision-goal.ts";
import type { TrialReport } from "./startup-row.ts";

const warm: ScheduledTrial = { image: "small", mode: "warm", warmup: false };
const report = (trial: ScheduledTrial, total: number | null, outcome: "ok" | "failed" = "ok"): TrialReport =>
  ({ trial, total: total === null ? null : nanoseconds(total), start: { outcome } }) as TrialReport;

describe("PrecisionGoal", () => {
  it("stops a condition when its interval is narrow enough, and no other", () => {
    const widths: number[] = [];
    const goal = new PrecisionGoal(0.02, (totals) => {
      widths.push(totals.length);
      return totals.length < 30 ? 0.5 : 0.02;
    });
    for (let trial = 0; trial < 29; trial += 1) goal.note(report(warm, 1e8));
    expect(goal.reached(warm)).toBe(false);
    goal.note(report(warm, 1e8));
    expect(goal.reached(warm)).toBe(true);
    expect(goal.reached({ ...warm, mode: "cold" })).toBe(false);
    expect(goal.reached({ ...warm, warmup: true })).toBe(false);
    expect(widths[0]).toBe(STARTUP.precisionMinimum);
  });

  it("counts neither warm-ups nor failures nor starts without a total", () => {
    const goal = new PrecisionGoal(0.02, () => 0);
    for (let trial = 0; trial < 100; trial += 1) {
      goal.note(report({ ...warm, warmup: true }, 1e8));
      goal.note(report(warm, 1e8, "failed"));
      goal.note(report(warm, null));
    }
    expect(goal.reached(warm)).toBe(false);
  });

  it("without a share never stops", () => {
    const goal = new PrecisionGoal(undefined, () => 0);
    for (let trial = 0; trial < 100; trial += 1) goal.note(report(warm, 1e8));
    expect(goal.reached(warm)).toBe(false);
  });
});

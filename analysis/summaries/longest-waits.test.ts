import { describe, expect, it } from "vitest";
import { compare } from "../comparisons/compare.ts";
import { fileOf, subjectOf } from "../testing/subjects.ts";
import { slower, WAITED, whyCsv } from "../testing/why-rows.ts";
import { summarise } from "./summarise.ts";

const FACTORS = [1, 1.02, 0.98, 1.05, 0.97, 1.01];
const platform = (label: string, sessions: Parameters<typeof whyCsv>[0]) =>
  subjectOf([], label, [fileOf("why", whyCsv(sessions))]);
const small = (subject: ReturnType<typeof platform>) => {
  const [condition] = summarise(subject).conditions;
  if (condition === undefined) throw new Error("no condition");
  return condition;
};

describe("starts that were split by cause", () => {
  const condition = small(platform("here", [FACTORS.map((factor) => slower(factor))]));

  it("have a share of each cause that was seen, which add up to the whole, with its interval", () => {
    const { total_ms, ...causes } = condition.metrics;
    expect(total_ms?.part).toBeNull();
    expect(Object.keys(causes)).toEqual(["cpu_ms", "runqueue_ms", "disk_ms", "rcu_ms", "unseen_ms"]);
    const shares = Object.values(causes).map(({ part }) => part?.share_pct ?? Number.NaN);
    expect(shares.map((share) => Number(share.toFixed(6)))).toEqual([56, 18, 4, 20, 2]);
    expect(causes.rcu_ms).toMatchObject({ part: { cause: "rcu", phase: null, tier: null, share_ci: [20, 20] } });
  });

  it("have their longest waits, whatever the phase, longest first", () => {
    expect(condition.waits?.slice(0, 3).map(({ cause, program, share_pct }) => [cause, program, share_pct])).toEqual([
      ["cpu", "dockerd (hook)", expect.closeTo(50)],
      ["runqueue", "dockerd (hook)", expect.closeTo(18)],
      ["rcu", "runc", expect.closeTo(12)],
    ]);
    const alike = WAITED.filter(({ program }) => program !== "dockerd").slice(0, 2);
    const both = alike.map((of) => ({ ...of, program: "runc", place: "the same", cause: "rcu" as const }));
    expect(small(platform("here", [[both]])).waits).toMatchObject([{ mean_ms: 62, share_pct: 100 }]);
  });

  it("count a start in which a wait was not seen as no time of it", () => {
    const without = WAITED.filter(({ cause }) => cause !== "rcu");
    const { waits, metrics } = small(platform("here", [[WAITED, without]]));
    expect(waits?.find(({ program, cause }) => program === "runc" && cause === "rcu")?.mean_ms).toBe(6);
    expect(metrics.rcu_ms).toMatchObject({ n: 2, mean: 10 });
  });

  it("leave out a start of which rows are missing", () => {
    const whole = whyCsv([[WAITED, WAITED]])
      .trimEnd()
      .split("\n");
    const cut = `${whole.slice(0, -1).join("\n")}\n`;
    const cautions: string[] = [];
    const { metrics, waits } = small(subjectOf([], "here", [fileOf("why", cut, [], (caution) => cautions.push(caution))]));
    expect(cautions).toEqual([expect.stringMatching(/^why\.csv:14: .* its total_ns is 100000000; the trial is left out$/)]);
    expect(metrics.total_ms).toMatchObject({ n: 1, trials: 2 });
    expect(metrics.cpu_ms).toMatchObject({ n: 1, mean: 56 });
    expect(waits?.[0]?.mean_ms).toBe(50);
  });
});

describe("a difference", () => {
  const sessions = (more: Parameters<typeof slower>[1]) =>
    [0, 0.01, -0.01].map((of) => FACTORS.map((factor) => slower(factor + of, more)));
  const report = compare([platform("a", sessions({ rcu: 3 })), platform("b", sessions({}))], { reference: null });
  const total = report.comparisons.find(({ metric }) => metric === "total_ms");

  it("comes from the causes that differ: their differences add up to that of the total", () => {
    const { total_ms = 0, causes = [] } = total?.by_cause ?? {};
    expect(causes.reduce((sum, { difference_ms }) => sum + difference_ms, 0)).toBeCloseTo(total_ms, 9);
    const rcu = causes.find(({ cause }) => cause === "rcu");
    expect(rcu?.difference_ms).toBeCloseTo(total_ms, 9);
    expect(rcu?.share_pct).toBeCloseTo(100, 6);
    expect(causes.map(({ cause }) => cause)).toEqual(["cpu", "runqueue", "disk", "rcu", "unseen"]);
  });
});

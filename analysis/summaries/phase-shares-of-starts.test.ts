import { expect, test } from "vitest";
import { conditionKey } from "../subjects/key.ts";
import { exampleSubjects } from "../testing/subjects.ts";
import { phaseSharesOfStarts } from "./phase-shares-of-starts.ts";

const phase = (name: "create_api" | "hook", ms: number) => ({ phase: name, tier: null, ms, encloses: [] });

test("are shares of the summed time, and a phase that did not happen took none", () => {
  const shares = phaseSharesOfStarts([
    { phases: [phase("create_api", 10), phase("hook", 30)] },
    { phases: [phase("create_api", 60)] },
  ]);
  expect(shares.map(({ phase, share_pct, mean_ms, shares_pct }) => ({ phase, share_pct, mean_ms, shares_pct }))).toEqual([
    { phase: "create_api", share_pct: 70, mean_ms: 35, shares_pct: [25, 100] },
    { phase: "hook", share_pct: 30, mean_ms: 15, shares_pct: [75, 0] },
  ]);
});

test("add up to 100 %, come in the phases' order, and lie within their intervals", () => {
  const starts = exampleSubjects()[0]?.starts.get(conditionKey({ experiment: "startup", condition: "small warm" })) ?? [];
  const varied = starts.map(({ phases }, index) => ({
    phases: phases.map((each, place) => ({ ...each, ms: each.ms * (1 + ((index + place) % 3) / 10) })),
  }));
  const shares = phaseSharesOfStarts(varied);
  expect(shares.reduce((sum, { share_pct }) => sum + share_pct, 0)).toBeCloseTo(100, 9);
  expect(shares[0]?.phase).toBe("create_api");
  expect(shares.at(-1)?.phase).toBe("entrypoint");
  for (const { share_pct, share_ci } of shares) {
    expect(share_ci?.[0]).toBeLessThan(share_pct);
    expect(share_ci?.[1]).toBeGreaterThan(share_pct);
  }
});

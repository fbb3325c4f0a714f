import { expect, test } from "vitest";
import { startupTable } from "../../research/tables/startup.ts";
import { manifest, session, startupRow } from "../testing/rows.ts";
import { checkPlan } from "./check-plan.ts";
import { rowChecker } from "./check-rows.ts";

const PLANNED = { warm: 5, cold: 0, warmup_blocks: 0 };
const experiments = [{ name: "startup" as const, conditions: ["small warm"], iterations: 5, warmup_blocks: 0 }];

/** @param starts of each session */
function said(starts: readonly number[], rest: boolean) {
  const sessions = starts.map((_, index) =>
    session({ session: index + 1, iterations: PLANNED, experiments, ...(index === 0 ? { ending: "failed" as const } : {}) }),
  );
  const planned = [
    { session: 1, seed: 1 },
    { session: 2, seed: 1, ...(rest ? { rest_of: 1 } : {}) },
  ];
  const run = { seed: 1, iterations: 5, sessions: planned };
  const checker = rowChecker(startupTable as never, sessions, "startup.csv");
  starts.forEach((count, index) => {
    for (let block = 1; block <= count; block += 1)
      checker.add(startupRow({ session: index + 1, block, trial: 10 * index + block }) as never, null);
  });
  const problems = checkPlan(manifest({ sessions, runs: [run] }), new Map([["startup", checker.end()]]), new Set());
  return problems.filter(({ severity }) => severity === "defect").map(({ what, expected }) => [what, expected]);
}

test("sessions that share the trials of one have them together", () => {
  expect(said([2, 3], true)).toEqual([]);
  expect(said([2, 2], true)).toEqual([["session 2 has 4 trials of small warm", "5"]]);
  expect(said([2, 3], false)).toEqual([["session 2 has 3 trials of small warm", "5"]]);
});

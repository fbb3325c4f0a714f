import { expect, it } from "vitest";
import type { ActRule } from "../../research/act-rule.ts";
import { mixProbes } from "../subjects/mix-probes.ts";
import { startupRow } from "../testing/rows.ts";
import { subjectOf } from "../testing/subjects.ts";
import { compareWherePossible } from "./compare.ts";

const subject = (label: string, ...rules: (ActRule | null)[]) =>
  subjectOf(
    Array.from({ length: 12 }, (_, index) =>
      startupRow({ trial: index + 1, block: index + 1, act_rule: rules[index % rules.length] ?? null }),
    ),
    label,
  );
const compared = (...subjects: ReturnType<typeof subject>[]) => {
  const { comparisons, not_compared } = compareWherePossible(subjects, { reference: null });
  return { metrics: comparisons.map(({ metric }) => metric).sort(), refused: not_compared };
};
const ALL = ["daemon_ms", "process_ms", "runtime_ms", "total_ms"];

it("times that end with an act read by another rule are not compared; the tiers before it are", () => {
  // A row of an older file says nothing.
  const { metrics, refused } = compared(subject("old", null), subject("new", "own-output"));
  expect(metrics).toEqual(["daemon_ms", "runtime_ms"]);
  expect(refused.map(({ what }) => what).sort()).toEqual(["startup small warm process_ms", "startup small warm total_ms"]);
  for (const { reason } of refused) expect(reason).toContain("other rules say when a start ends (fd-1 and own-output)");
});

it("a platform that mixes both rules is like neither", () => {
  expect(compared(subject("old", null), subject("both", null, "own-output")).metrics).toEqual(["daemon_ms", "runtime_ms"]);
});

it.each<[string, (ActRule | null)[], (ActRule | null)[]]>([
  ["older platforms with each other", [null], ["fd-1"]],
  ["exact times with some that are bounds", ["own-output"], ["own-output", "client-bound"]],
  ["bounds with bounds", ["client-bound"], ["client-bound"]],
])("like rules are compared: %s", (_, a, b) => {
  expect(compared(subject("a", ...a), subject("b", ...b))).toEqual({ metrics: ALL, refused: [] });
});

it("--mix-probes compares them all the same", () => {
  expect(compared(...mixProbes([subject("old", null), subject("new", "own-output")])).metrics).toEqual(ALL);
});

import { expect, test } from "vitest";
import { sessionWarnings } from "./session-warnings.ts";

const busy = (load: string) => ({ summary: "the machine is busy", evidence: load, remedy: "wait" });
const cold = { summary: "cold starts reload programs", evidence: "the cache is dropped", remedy: "read on" };

/** As it is told: the machine may be idle by now. */
const wasBusy = (evidence: string) => ({ ...busy(evidence), summary: "the machine was busy while this was measured" });

test("a warning of several sessions appears once, with the evidence of each", () => {
  const sessions = ["1.2", "0.9", "0.8", "0.7", "0.6"].map((load, index) => ({
    session: index + 1,
    warnings: [cold, busy(load)],
  }));
  expect(sessionWarnings(sessions)).toEqual([
    cold,
    wasBusy("session 1: 1.2; session 2: 0.9; session 3: 0.8; the same in 2 more"),
  ]);
});

test("other remedies are other warnings, and one session's are as they are", () => {
  const other = { ...cold, remedy: "something else" };
  expect(sessionWarnings([{ session: 3, warnings: [cold, other, busy("2")] }])).toEqual([cold, other, wasBusy("2")]);
  expect(sessionWarnings([])).toEqual([]);
});

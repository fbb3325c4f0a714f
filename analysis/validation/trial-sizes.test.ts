import { expect, test } from "vitest";
import type { AnyRow } from "../../research/tables/catalogue.ts";
import { trialSizes } from "./trial-sizes.ts";

/** Outcomes of the starts of each trial. */
const incomplete = (...trials: readonly (readonly string[])[]) => {
  const sizes = trialSizes();
  let line = 1;
  for (const outcomes of trials)
    for (const [index, outcome] of outcomes.entries()) {
      line += 1;
      sizes.add({ start: index + 1, outcome } as unknown as AnyRow, "10 idle", index === 0, line);
    }
  return sizes.incomplete().map(({ line, found, expected }) => [line, found, expected]);
};

const whole = ["ok", "ok", "ok"];

test("a trial of density that lacks starts is told from one with a start that failed", () => {
  expect(incomplete(whole, whole)).toEqual([]);
  expect(incomplete(whole, ["ok", "ok"])).toEqual([[5, 2, 3]]);
  expect(incomplete(whole, ["ok", "timeout", "ok"], whole)).toEqual([]);
  expect(incomplete(whole, ["probe-lost", "ok", "ok"], whole)).toEqual([]);
  expect(incomplete(whole, ["ok", "timeout"])).toEqual([]);
});

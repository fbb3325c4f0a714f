/** A metric that may be 0 or negative has no ratio: it is compared by differences, and the gate says that it has no share. */
import { expect, test } from "vitest";
import { renderComparison } from "../format/comparison/comparison-report.ts";
import { blockKey } from "../subjects/measurement.ts";
import { measurement } from "../testing/measurement.ts";
import { bareSubject } from "../testing/subjects.ts";
import { compare } from "./compare.ts";
import { beyondThreshold, notJudged } from "./threshold.ts";

/** Four sessions of five trials. */
const blocks = Array.from({ length: 20 }, (_, index) => blockKey(Math.floor(index / 5), index));
const lost = (label: string, medians: readonly number[]) =>
  bareSubject(label, [
    measurement(
      blocks.map((_, index) => (medians[Math.floor(index / 5)] as number) + (index % 5) - 2),
      { experiment: "network", metric: "lost_pct", unit: "%", factors: { network: "bridge" }, blocks },
    ),
  ]);
const compared = (a: readonly number[], b: readonly number[]) => compare([lost("a", a), lost("b", b)], { reference: "b" });

// R 4.2.2: t.test(c(-1, 2, 0, 1.5), c(8, 9.5, 7, 9))
test("by Welch's t on the sessions' medians, as R has it, with a sentence and no ratio", () => {
  const report = compared([-1, 2, 0, 1.5], [8, 9.5, 7, 9]);
  const [found] = report.comparisons;
  expect(found).toMatchObject({ verdict: "lower", sessions: { ratio: null, equivalent: null, rank_p: 2 / 70 } });
  expect(found?.sessions.difference).toBeCloseTo(-7.75, 9);
  expect(found?.sessions.difference_ci?.[0]).toBeCloseTo(-9.93687, 5);
  expect(found?.sessions.difference_ci?.[1]).toBeCloseTo(-5.56313, 5);
  expect(found?.sessions.p).toBeCloseTo(0.000155492, 8);
  const text = renderComparison(report, "text");
  expect(text).toContain("(lost_pct): b is 7.75 percentage points higher than a (95 % CI 5.56–9.94, 4 sessions a side");
  expect(text).not.toContain("NaN");
  expect(beyondThreshold(report.comparisons, 0.05, true)).toEqual([]);
  expect(notJudged(report, 0.05, true)[0]?.reason).toContain("no ratio to hold against a share");
});

test("no certain difference, where the interval holds 0", () => {
  const report = compared([-1, 2, 0, 1.5], [0, 1, -1, 2]);
  expect(report.comparisons[0]?.verdict).toBe("not certain");
  expect(renderComparison(report, "text")).toContain(
    "a and b show no certain difference for network `bridge` (lost_pct): difference",
  );
});

test("sessions that agree to the last place: alike they are the same, and pass the gate; unlike they tell no verdict", () => {
  const alike = compared([0, 0, 0, 0], [0, 0, 0, 0]);
  expect(alike.comparisons[0]).toMatchObject({ verdict: "not certain", sessions: { difference: 0, p: 1 } });
  expect(notJudged(alike, 0.05, true)).toEqual([]);
  const unlike = compared([0, 0, 0, 0], [1, 1, 1, 1]);
  expect(unlike.comparisons[0]).toMatchObject({ verdict: "none", sessions: { difference: null, p: null } });
  expect(unlike.comparisons[0]?.reason).toContain("agree to the last place");
});

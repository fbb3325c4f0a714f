import { expect, test } from "vitest";
import { doubtPValues, type PublishedP } from "./published-p-values.ts";

const tests = (...p: readonly string[]): PublishedP[] => p.map((each, index) => ({ test: `t${index + 1}`, p: each }));
const summaries = (adjusted: boolean, ...p: readonly string[]): string[] =>
  doubtPValues("startup", tests(...p), adjusted).map(({ summary }) => summary);

test("p = 0 cannot be", () => {
  const [finding] = doubtPValues("startup", tests("0.000000", "0.031", "0"), true);
  expect(finding).toMatchObject({ detector: "implausible-p", condition: "t1, t3", numbers: { tests: 2 } });
  expect(finding?.evidence).toContain("t1: 0.000000, t3: 0");
});

test("nor can what is no probability", () => {
  expect(summaries(true, "1.2", "-0.1", "nan", "0.5")).toEqual([
    "startup: 3 of 4 printed p-values outside 0 to 1, or not a number",
  ]);
});

test("rounding to places takes digits from what matters, and none from the rest", () => {
  expect(summaries(true, "0.000003", "0.01", "0.6", "0.000031", "1.2e-08", "0.050")).toEqual([
    "startup: 2 of 6 p-values printed with fewer than two significant digits",
  ]);
});

test("many tests, none adjusted: what would cease to be significant is named", () => {
  const [finding] = doubtPValues("startup", tests("0.031", "0.042", "0.00041", "0.62"), false);
  expect(finding).toMatchObject({ detector: "uncorrected-tests", numbers: { tests: 4, no_longer_significant: 2 } });
  expect(finding?.evidence).toContain("t1: 0.031, adjusted 0.093");
  expect(finding?.evidence).toContain("is 19 %");
});

test("p-values as they should be raise no doubt", () => {
  expect(summaries(true, "0.031", "1.2e-08", "0.62", "1", ".04", "0.00012")).toEqual([
    "startup: 1 of 6 p-values printed with fewer than two significant digits",
  ]);
  expect(summaries(true, "0.031", "1.2e-08", "0.62", "1", "0.00012")).toEqual([]);
  expect(summaries(false, "0.031")).toEqual([]);
  expect(summaries(false)).toEqual([]);
});

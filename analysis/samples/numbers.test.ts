import { expect, test } from "vitest";
import { interval, ms, pct, roundPct, signed } from "./numbers.ts";

test.each([
  [1421.49, "1421"],
  [281.4, "281"],
  [100, "100"],
  [99.96, "100"],
  [99.94, "99.9"],
  [28.14, "28.1"],
  [9.996, "10.0"],
  [1.204, "1.20"],
  [0.6123, "0.612"],
  [0.000012, "0.0000120"],
  [0, "0"],
  [-3.456, "-3.46"],
  [1e-13, "<0.000000001"],
  [null, "–"],
  [Number.NaN, "–"],
])("%d ms is written %s", (value, written) => {
  expect(ms(value)).toBe(written);
});

test.each([
  [68.34, "68.3", "68"],
  [0.96, "1.0", "1"],
  [0.224, "0.22", "0.2"],
  [0.04, "0.040", "0.04"],
  [100, "100.0", "100"],
  [0, "0", "0"],
  [null, "–", "–"],
])("%d %% is written %s in a table and %s in a sentence", (value, inTable, inSentence) => {
  expect([pct(value), roundPct(value)]).toEqual([inTable, inSentence]);
});

test("an interval that begins below zero does not hide its sign behind a dash", () => {
  expect(interval([276.2, 290.4])).toBe("276–290");
  expect(interval([-3.2, 14])).toBe("-3.20 to 14.0");
  expect(interval(null)).toBe("–");
});

test("a difference has its sign, and no difference has none", () => {
  expect([12.34, -4.5, 0, -0].map(signed)).toEqual(["+12.3", "−4.50", "0", "0"]);
});

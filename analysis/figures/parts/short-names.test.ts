import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textWidthPx } from "./fit-text.ts";
import { inTitle, shortNames } from "./short-names.ts";

const short = (names: readonly string[], widthPx: number): string[] => names.map(shortNames(names, widthPx));

test("what fits is left as it is", () => {
  expect(short(["linux", "mac"], 100)).toEqual(["linux", "mac"]);
});

describe("names that look alike when they are cut", () => {
  const aws = (middle: string): string => `aws-eu-west-1-c5-2xlarge-ami-ubuntu-24-04-${middle}-docker-28-5`;
  const digest = (middle: string): string => `sha256-0f3a9c${"7".repeat(20)}${middle}${"d".repeat(24)}`;
  test.each([
    ["in the middle", [aws("rep1"), aws("rep2"), aws("rep3")], /rep[123]/],
    ["in a number that begins another", [aws("rep1"), aws("rep12"), aws("rep123")], /rep1(2|23)?-/],
    ["at the end", ["a".repeat(60), `${"a".repeat(59)}b`], /…a*[ab]$/],
    ["at the beginning", [`x-${"a".repeat(60)}`, `y-${"a".repeat(60)}`], /^[xy]-/],
    ["in length alone", [`${"a-".repeat(30)}`, `${"a-".repeat(31)}`], /./],
    ["in one character of what has no break", [digest("0"), digest("1")], /7[01]d/],
    [
      "in kanji",
      [`${"東京大阪名古屋".repeat(6)}北${"京都".repeat(9)}`, `${"東京大阪名古屋".repeat(6)}南${"京都".repeat(9)}`],
      /[北南]/,
    ],
    [
      "in an emoji of several code points",
      [`${"x".repeat(40)}👩‍🚀${"y".repeat(40)}`, `${"x".repeat(40)}👨‍🚀${"y".repeat(40)}`],
      /[👩👨]‍🚀/u,
    ],
    ["in two places", [`${aws("a")}-r1`, `${aws("a")}-r2`, `${aws("b")}-r1`, `${aws("b")}-r2`], /…[ab]-.*r[12]$/],
  ])("differ %s", (_, names, telling) => {
    const found = short(names, 150);
    expect(new Set(found).size).toBe(names.length);
    for (const name of found) {
      expect(name).toMatch(telling);
      expect(textWidthPx(name)).toBeLessThanOrEqual(150);
    }
  });
});

test("some characters of the beginning and the end are kept where there is room", () => {
  expect(short([`begin-${"x".repeat(50)}-1-end`, `begin-${"x".repeat(50)}-2-end`], 100)).toEqual([
    expect.stringMatching(/^begin.*x-1-end$/),
    expect.stringMatching(/^begin.*x-2-end$/),
  ]);
});

test("any names stay distinguishable", () => {
  const name = fc.array(fc.constantFrom("a", "b", "-", "aaaaaaaa", "東京", "é", "e\u0301", "1", "👩‍🚀"), {
    minLength: 1,
    maxLength: 40,
  });
  const names = fc.uniqueArray(
    name.map((parts) => parts.join("")),
    { minLength: 2, maxLength: 6 },
  );
  fc.assert(
    fc.property(names, fc.integer({ min: 60, max: 200 }), (all, widthPx) => {
      const found = short(all, widthPx);
      expect(new Set(found).size).toBe(all.length);
      for (const text of found) expect(textWidthPx(text)).toBeLessThanOrEqual(widthPx);
    }),
  );
});

test("a title says of which of several platforms it speaks, in so few letters that no name is broken over lines", () => {
  const long = "a-rather-long-label-of-a-platform-as-it-may-be-given-by-some";
  expect(inTitle([long, long], long)).toBe("");
  expect(inTitle([long, "there"], long)).toBe(", a-rather-long-…-given-by-some");
});

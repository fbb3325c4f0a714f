import fc from "fast-check";
import { expect, test } from "vitest";
import { escaped, message, spreadsheetText, visible } from "./visible.ts";

const CONTROL = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

test("no control or direction character is left, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) =>
      [visible(text), message(text), escaped(text).replaceAll("\t", ""), spreadsheetText(text)].every(
        (shown) => !CONTROL.test(shown),
      ),
    ),
  );
  expect(message("a\u001b]0;x\u0007\nb\u009b31m")).toBe("a\\u{1b}]0;x\\u{7}\nb\\u{9b}31m");
});

test("a long line is cut, and says by how much", () => {
  expect(message(`${"x".repeat(5_000)}\ny`)).toBe(`${"x".repeat(2_000)} … (3000 characters more)\ny`);
});

test("JSON stays the same JSON", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary" })),
      (value) => JSON.stringify(JSON.parse(escaped(JSON.stringify(value, null, 2)))) === JSON.stringify(value),
    ),
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\u0000=1"])("%j is no formula", (text) => {
  expect(spreadsheetText(text)).not.toMatch(/^[=+\-@\p{Cc}]/u);
});

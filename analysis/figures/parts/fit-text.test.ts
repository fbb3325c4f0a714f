import { expect, test } from "vitest";
import { textWidth } from "../../edges/drawing/text-width.ts";
import { BOLD, shortenText, textWidthPx, wrapText } from "./fit-text.ts";
import { FONT_PX } from "./theme.ts";

test.each([
  "281 ms",
  "1421 ms",
  "process 0.612 ms",
  "medium (n = 50)",
  "docker-20.10_HDD, warm",
  "WWWMMMmmmwww",
  "a-rather-long-image-name_with.dots_and.dashes-3.11-slim-bookworm",
  "Mean time from the create request until the entrypoint acts.",
])("%j is not wider than thought, and not much narrower", (text) => {
  for (const [name, weight] of [
    ["normal", 1],
    ["bold", BOLD],
  ] as const) {
    const drawn = textWidth(text, FONT_PX.text, name);
    expect(textWidthPx(text, weight)).toBeGreaterThanOrEqual(drawn);
    expect(textWidthPx(text, weight)).toBeLessThan(1.35 * drawn);
  }
});

test("lines are broken between words, and never at a no-break space", () => {
  const lines = wrapText("one two 95\u00a0% three", textWidthPx("one two 95"));
  expect(lines).toEqual(["one two", "95\u00a0% three"]);
});

test("what is too long keeps its beginning and its end, and fits", () => {
  const short = shortenText("python-3.11-slim-bookworm", 60);
  expect(short).toMatch(/^pyth.*….*worm$/);
  expect(textWidthPx(short)).toBeLessThanOrEqual(60);
});

test("a word longer than a line is broken, and nothing of it is lost", () => {
  const lines = wrapText(`x ${"y".repeat(200)}`, 60);
  expect(lines.join("")).toBe(`x${"y".repeat(200)}`);
  for (const line of lines) expect(textWidthPx(line)).toBeLessThanOrEqual(60);
});

test("what fits is left as it is, however short", () => {
  expect(["", "x", "xy"].map((text) => shortenText(text, 50))).toEqual(["", "x", "xy"]);
});

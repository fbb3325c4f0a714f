import { expect, test } from "vitest";
import { captionOf, drawn, panelsOf, rowsWith } from "../../testing/drawn.ts";
import { exampleSubjects } from "../../testing/subjects.ts";
import { phaseShares } from "./phase-shares.ts";

test("a bar of 100 % without a gap, and below it a line for each of its phases", () => {
  const drawing = drawn(phaseShares, exampleSubjects(["here", "there"]));
  const [, stack, rows] = panelsOf(drawing);
  expect(panelsOf(drawing)).toHaveLength(5);
  const segments = rowsWith(stack, "begin_pct");
  expect(segments[0]?.begin_pct).toBe(0);
  for (const [index, { begin_pct }] of segments.slice(1).entries()) expect(begin_pct).toBe(segments[index]?.end_pct);
  expect(segments.at(-1)?.end_pct).toBeCloseTo(100, 9);
  // All starts are one start, stretched: create_api is 10 of 100 ms in each, so its interval has no width.
  const [first] = rowsWith(rows, "number");
  expect(first?.share_pct).toBeCloseTo(10, 6);
  expect(first?.number).toBe("10.0 (10.0–10.0)");
  expect(rowsWith(rows, "number").map(({ phase }) => phase)).toEqual(segments.map(({ phase }) => phase));
  expect(captionOf(drawing)).toContain("Fieller's, of phase and total together");
});

test("a segment is named only where its name fits", () => {
  for (const { label, share_pct } of rowsWith(panelsOf(drawn(phaseShares, exampleSubjects()))[1], "begin_pct")) {
    if (label !== "") expect(share_pct).toBeGreaterThan(5);
  }
});

import { expect, test } from "vitest";
import { absentFor, type LeftOut, notDrawn } from "./left-out.ts";

const lacking = (...platforms: readonly string[]): LeftOut[] =>
  platforms.map((platform) => ({ platform, lacks: "measurement of burst" }));

test("what several platforms lack is one sentence, which names no more of them than a reader takes in", () => {
  expect(notDrawn(lacking("a"))).toEqual(["Not drawn: a has no measurement of burst."]);
  expect(notDrawn(lacking("a", "b"))).toEqual(["Not drawn: a and b have no measurement of burst."]);
  expect(notDrawn(lacking("a", "b", "c", "d"))).toEqual(["Not drawn: a, b, c and d have no measurement of burst."]);
  expect(notDrawn(lacking("a", "b", "c", "d", "e"))).toEqual(["Not drawn: a, b, c and 2 more have no measurement of burst."]);
});

test("reasons are few, the others are counted, and a question needs no full stop", () => {
  const reasons = ["x: is it 0?", "y: no successful trials", "z: w", "v: u", "t: s"];
  expect(notDrawn(reasons)).toEqual([
    "Not drawn: x: is it 0?",
    "Not drawn: y: no successful trials.",
    "Not drawn: z: w.",
    "Not drawn for 2 more reasons, which `tierbench figures --only` names.",
  ]);
  expect(notDrawn(reasons.slice(0, 4))).toHaveLength(4);
  expect(absentFor([...lacking("a"), "b: c"])).toEqual({ absent: "a has no measurement of burst; b: c" });
});

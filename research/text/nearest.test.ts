import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const OPTIONS = ["iterations", "images", "platform", "precision", "probe", "out", "only"];

test.each([
  ["iterationz", "iterations"],
  ["itertaions", "iterations"],
  ["iter", "iterations"],
  ["plaform", "platform"],
  ["probes", "probe"],
  ["p", undefined],
  ["xyz", undefined],
  ["c", undefined],
  ["onyl", "only"],
  ["nope", undefined],
])("%s: %s", (word, expected) => expect(nearest(word, OPTIONS)).toBe(expected));

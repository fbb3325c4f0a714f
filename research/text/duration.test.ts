import { expect, test } from "vitest";
import { duration } from "./duration.ts";

test.each([
  [0, "0 s"],
  [1.2, "2 s"],
  [55, "55 s"],
  [56, "1 min"],
  [60, "1 min"],
  [61, "2 min"],
  [3540, "59 min"],
  [3541, "1 h"],
  [4800, "1 h 20 min"],
])("%d s is %s", (seconds, words) => expect(duration(seconds)).toBe(words));

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { captureOf, parseCapturedStarts } from "./captured-start.ts";

const fixture = new URL("../fixtures/captured/docker26.1-crun-bridge.json", import.meta.url);

test("a capture that is written is read as what it was written from", () => {
  const starts = parseCapturedStarts(readFileSync(fixture, "utf8"), "fixture");
  for (const start of starts) expect(parseCapturedStarts(captureOf(start), "again")).toEqual([start]);
});

import { expect, test } from "vitest";
import { summarise } from "../../summaries/summarise.ts";
import { stopCsv, WHOLE_STOP_MS } from "../../testing/stop-rows.ts";
import { studyCsv } from "../../testing/study-rows.ts";
import { fileOf, subjectOf } from "../../testing/subjects.ts";
import { tierShares } from "./bars.ts";
import { conditionRows } from "./condition-rows.ts";
import { largestPart, partRows } from "./part-rows.ts";

const platform = summarise(subjectOf([], "here", [fileOf("study-warm", studyCsv(1)["study-warm"])]));
const [small] = conditionRows(platform, "study-warm");
if (small === undefined) throw new Error("nothing was read");

test("the command, the start, the exit and the removal add up to docker run", () => {
  const lines = partRows(small.summary, 80);
  const cells = lines.map((line) => line.trim().split(/ {2,}/));
  const shares = cells.slice(1).map(([, , share]) => Number(share));
  expect(cells.map(([title]) => title)).toEqual(["docker run", "docker before", "the start", "exit", "removal", "docker after"]);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, -1);
});

test("tiers of the start are no bar of docker run, of which they are a part", () => {
  expect([small.metric, tierShares(small)]).toEqual(["docker_run_ms", null]);
  expect(tierShares({ ...small, metric: "total_ms" })).not.toBeNull();
});

test("the phases of a stop add up to it, and the answer names the largest", () => {
  const stops = summarise(subjectOf([], "here", [fileOf("stop", stopCsv(WHOLE_STOP_MS))]));
  const [handles] = conditionRows(stops, "stop");
  if (handles === undefined) throw new Error("nothing was read");
  const [header = "", ...lines] = partRows(handles.summary, 80);
  expect(header).toMatch(/^ {2}phases of a stop +median ms +mean % +what happens \(handles\)$/);
  const shares = lines.map((line) => Number(line.trim().split(/ {2,}/)[2]));
  expect(shares.length).toBe(9);
  expect(lines.join()).not.toContain("…");
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, -1);
  expect(largestPart(handles.summary)).toBe("30 % of it is “network teardown”: the shim ends, the network is removed");
  expect(largestPart(small.summary)).toBeUndefined();
});

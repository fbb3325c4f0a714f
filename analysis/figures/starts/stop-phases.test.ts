import { expect, test } from "vitest";
import { drawn, keyOf, panelsOf, rowsWith } from "../../testing/drawn.ts";
import { stopCsv, UNWATCHED_STOP_MS, WHOLE_STOP_MS } from "../../testing/stop-rows.ts";
import { fileOf, subjectOf } from "../../testing/subjects.ts";
import { stopPhases } from "./stop-phases.ts";

const stopped = (label: string, offsets: Parameters<typeof stopCsv>[0]) =>
  subjectOf([], label, [fileOf("stop", stopCsv(offsets))]);

test("every stop is a dot, and below them its phases follow one another in words", () => {
  const drawing = drawn(stopPhases, [stopped("here", WHOLE_STOP_MS)]);
  const [legend, dots, waterfall] = panelsOf(drawing);
  expect(rowsWith(legend, "label").map(({ label }) => label)).toEqual(["daemon", "runtime", "process"]);
  expect(rowsWith(dots, "offset_px")).toHaveLength(7);
  const phases = rowsWith(waterfall, "begin_ms");
  expect(phases.map(({ phase }) => phase)).toEqual([
    ...["stop is asked for", "runtime kills", "grace", "exit is noticed", "runtime deletes", "network teardown"],
    ...["unmount", "stop is answered", "removal"],
  ]);
  for (const [index, { begin_ms }] of phases.slice(1).entries()) expect(begin_ms).toBeCloseTo(phases[index]?.end_ms as number, 9);
  expect(waterfall?.title?.text).toBe("handles: median 101 ms (97.0–120)");
  expect(drawing.title).toBe("A stop: median 101 ms");
});

test("where phases cannot be told apart there are the totals alone, and the reason", () => {
  const drawing = drawn(stopPhases, [stopped("here", UNWATCHED_STOP_MS)]);
  expect(panelsOf(drawing)).toHaveLength(1);
  expect(drawing.leftOut).toEqual(["phases of here handles: they cannot be told apart"]);
  expect(keyOf(drawing)).not.toContain("Fewer");
});

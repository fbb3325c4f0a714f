import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCapturedStarts } from "../../../benchmarks/timeline/captured-start.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { nanoseconds } from "../../../research/units.ts";
import { tiersByEvents, tiersByKernel } from "./tiers-by-events.ts";

const file = "docker20.10-runc-bridge.json";
const [start] = parseCapturedStarts(
  readFileSync(new URL(`../../../benchmarks/fixtures/captured/${file}`, import.meta.url), "utf8"),
  file,
);
if (start === undefined) throw new Error("no captured start");
const { milestones } = timeline(start, 1_000);

it("takes tiers of one start from both sources, each adding up to its total", () => {
  const kernel = tiersByKernel(milestones);
  const events = tiersByEvents({ ...milestones, first_byte: nanoseconds((milestones.entry_acts ?? 0) + 500_000) });
  for (const spans of [kernel, events]) {
    expect((spans?.daemon ?? 0) + (spans?.runtime ?? 0) + (spans?.process ?? 0)).toBe(spans?.total);
  }
  expect((events?.total ?? 0) - (kernel?.total ?? 0)).toBe(500_000);
  expect(events?.daemon).toBeLessThan(kernel?.daemon ?? 0);
});

it("says nothing where a mark is missing or a tier unknown", () => {
  const { event_start: _, ...withoutEvent } = milestones;
  expect(tiersByEvents(withoutEvent)).toBeUndefined();
  expect(tiersByKernel({ create_sent: nanoseconds(0), entry_acts: nanoseconds(5) })).toBeUndefined();
});

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { partition } from "../../../research/phases.ts";
import { parseCapturedStarts } from "../captured-start.ts";
import { timeline } from "../timeline.ts";
import { TRACE_RESOLUTION_NS } from "../trace-line.ts";
import { traceEvents } from "./trace-events.ts";

const folder = fileURLToPath(new URL("../../fixtures/captured/", import.meta.url));

/** What the format's description asks for, and no more. */
const place = { pid: z.int().positive(), tid: z.int().nonnegative(), name: z.string().min(1) };
const event = z.discriminatedUnion("ph", [
  z.strictObject({
    ...{ ph: z.literal("M"), pid: place.pid, tid: place.tid },
    ...{ name: z.enum(["process_name", "thread_name"]), args: z.strictObject({ name: z.string().min(1) }) },
  }),
  z.strictObject({
    ...{ ph: z.literal("X"), ...place, cat: z.string(), args: z.record(z.string(), z.unknown()) },
    ...{ ts: z.number().nonnegative(), dur: z.number().nonnegative() },
  }),
  z.strictObject({ ph: z.literal("i"), s: z.enum(["t", "p", "g"]), ...place, ts: z.number() }),
]);
const file = z.strictObject({ displayTimeUnit: z.enum(["ms", "ns"]), traceEvents: z.array(event) });

describe.each(readdirSync(folder))("%s", (name) => {
  const starts = parseCapturedStarts(readFileSync(`${folder}${name}`, "utf8"), name).map((sightings) => {
    const { milestones } = timeline(sightings, TRACE_RESOLUTION_NS);
    return { container_id: sightings.containerId ?? null, milestones, ...partition(milestones) };
  });
  const { traceEvents: events } = file.parse(JSON.parse(JSON.stringify(traceEvents(starts))));

  it("is valid, and no two slices of a track overlap", () => {
    const named = new Set(events.flatMap(({ ph, pid, tid }) => (ph === "M" ? [`${pid} ${tid}`] : [])));
    const ends = new Map<string, number>();
    const slices = events.flatMap((each) => (each.ph === "X" ? [each] : [])).sort((a, b) => a.ts - b.ts);
    expect(slices.length).toBeGreaterThan(0);
    for (const { pid, tid, ts, dur } of slices) {
      const track = `${pid} ${tid}`;
      expect(named).toContain(track);
      // In whole nanoseconds: thousandths are not exact in binary.
      expect(Math.round(ts * 1_000)).toBeGreaterThanOrEqual(ends.get(track) ?? 0);
      ends.set(track, Math.round(ts * 1_000) + Math.round(dur * 1_000));
    }
  });

  it("the phases of a start fill its total, and so do its tiers", () => {
    starts.forEach(({ total_ns, phases }, index) => {
      // Without an end there is no total: what was seen is drawn all the same.
      const whole = total_ns ?? phases.reduce((sum, { duration_ns }) => sum + duration_ns, 0);
      const slices = events.flatMap((each) => (each.ph === "X" && each.pid === index + 1 ? [each] : []));
      const sum = (ofPhases: boolean): number =>
        slices.filter(({ tid }) => (tid === 1) === ofPhases).reduce((all, { dur }) => all + Math.round(dur * 1_000), 0);
      expect([sum(true), sum(false)]).toEqual([whole, whole]);
    });
  });
});

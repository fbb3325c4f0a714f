import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { partition } from "../../../research/phases.ts";
import { parseCapturedStarts } from "../captured-start.ts";
import { startCauses } from "../causes/start-causes.ts";
import { timeline } from "../timeline.ts";
import { TRACE_RESOLUTION_NS } from "../trace-line.ts";
import { traceEvents } from "./trace-events.ts";

const folder = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const named = (place: string): string[] => readdirSync(`${folder}${place}`).map((file) => `${place}/${file}`);

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

describe.each([...named("captured"), ...named("causes")])("%s", (name) => {
  const bytes = readFileSync(`${folder}${name}`);
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  const starts = parseCapturedStarts(text, name).map((sightings) => {
    const { milestones } = timeline(sightings, TRACE_RESOLUTION_NS);
    const parts = partition(milestones);
    const why = startCauses(sightings, parts);
    const path = "problem" in why ? {} : { path: why.path };
    return { container_id: sightings.containerId ?? null, milestones, ...parts, ...path };
  });
  const { traceEvents: events } = file.parse(JSON.parse(JSON.stringify(traceEvents(starts))));

  it("is valid, and no two slices of a track overlap", () => {
    const tracks = new Set(events.flatMap(({ ph, pid, tid }) => (ph === "M" ? [`${pid} ${tid}`] : [])));
    const ends = new Map<string, number>();
    const slices = events.flatMap((each) => (each.ph === "X" ? [each] : [])).sort((a, b) => a.ts - b.ts);
    expect(slices.length).toBeGreaterThan(0);
    for (const { pid, tid, ts, dur } of slices) {
      const track = `${pid} ${tid}`;
      expect(tracks).toContain(track);
      // In whole nanoseconds: thousandths are not exact in binary.
      expect(Math.round(ts * 1_000)).toBeGreaterThanOrEqual(ends.get(track) ?? 0);
      ends.set(track, Math.round(ts * 1_000) + Math.round(dur * 1_000));
    }
  });

  it("the phases of a start fill its total, and so do its tiers", () => {
    starts.forEach(({ total_ns, phases }, index) => {
      // Without an end there is no total: what was seen is drawn all the same.
      const whole = total_ns ?? phases.reduce((sum, { duration_ns }) => sum + duration_ns, 0);
      expect([filled(index, 1, 1), filled(index, 2, 5)]).toEqual([whole, whole]);
    });
  });

  it("the critical path fills the total, and so do the programs on it; there is none where the scheduler was not watched", () => {
    starts.forEach(({ total_ns, path }, index) => {
      const whole = path === undefined ? 0 : total_ns;
      expect(path === undefined).toBe(name.startsWith("captured/"));
      expect([filled(index, 7, 7), filled(index, 8, Number.POSITIVE_INFINITY)]).toEqual([whole, whole]);
    });
  });

  const filled = (start: number, from: number, to: number): number =>
    events
      .flatMap((each) => (each.ph === "X" && each.pid === start + 1 && each.tid >= from && each.tid <= to ? [each] : []))
      .reduce((all, { dur }) => all + Math.round(dur * 1_000), 0);
});

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCapturedStarts } from "../captured-start.ts";
import { type Sightings, timeline } from "../timeline.ts";
import { readTraceLine, TRACE_RESOLUTION_NS } from "../trace-line.ts";

const file = new URL("../../fixtures/followed-starts.json", import.meta.url);
/**
 * Docker 20.10 with runc and a static busybox: of each trace the start's own processes, and what the entrypoint did with
 * descriptors. The scripts are in the file; each sleeps 100 ms before it acts. Taken on a busy machine, where one delivery took
 * 45 ms.
 */
const [script, moved, inMemory] = parseCapturedStarts(readFileSync(file, "utf8"), "followed-starts.json") as [
  Sightings,
  Sightings,
  Sightings,
];
const read = (sightings: Sightings) => {
  const { milestones, actRule } = timeline(sightings, TRACE_RESOLUTION_NS);
  const { entry_exec = Number.NaN, entry_acts = Number.NaN, first_byte = Number.NaN } = milestones;
  return { actRule, process: (entry_acts - entry_exec) / 1e6, delivery: (first_byte - entry_acts) / 1e6 };
};
/** As it would have been recorded before descriptors were followed. */
const older = (sightings: Sightings): Sightings => ({
  ...sightings,
  trace: sightings.trace.filter((line) => {
    const event = readTraceLine(line);
    return typeof event === "object" && (event.kind === "write" ? event.fd === 1 : !/^(call|return|close)/.test(event.kind));
  }),
});

it("a script that substitutes commands and writes a file first acts when it says ready", () => {
  expect(read(script)).toEqual({ actRule: "own-output", process: 167.965, delivery: expect.closeTo(45.248, 3) });
});

it("an open of /dev/stderr is the own output when standard output is a file", () => {
  expect(read(moved)).toEqual({ actRule: "own-output", process: 128.18, delivery: expect.closeTo(4.785, 3) });
});

it("a file in memory, written before, leaves an upper bound, unless the client received what the own write wrote and no more", () => {
  expect(read(inMemory)).toMatchObject({ actRule: "client-bound", process: 173.2 });
  expect(read({ ...inMemory, received: 4 })).toMatchObject({ actRule: "own-output", process: 173.2 });
});

it("without the ends of writes any file that was written before leaves an upper bound", () => {
  const trace = script.trace.filter((line) => !line.includes("sys_write -> "));
  expect(read({ ...script, trace })).toMatchObject({ actRule: "client-bound", process: 167.965 });
});

it("without what descriptors do, the first write to descriptor 1 is taken, and said to be by that rule", () => {
  const { actRule, process, delivery } = read(older(script));
  expect(actRule).toBe("fd-1");
  expect(process).toBeLessThan(50);
  expect(delivery).toBeGreaterThan(100);
});

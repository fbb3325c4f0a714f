/** The kernel probe of an engine that is reached through its API alone: the helper traces, markers join the clocks. */
import { randomUUID } from "node:crypto";
import type { KernelProbe, TraceRecord } from "../../design/ports.ts";
import { bestOffset, type ClockOffset, mapClocks, offsetOf, wallAgainstClient } from "../../timeline/clock-mapping.ts";
import {
  type Choice,
  lostEvents,
  recordedLines,
  type Setting,
  unwatchSettings,
  watchSettings,
} from "../../timeline/trace-instance.ts";
import { TRACE_RESOLUTION_NS } from "../../timeline/trace-line.ts";
import { findMarkers, type RoundTrip } from "../../timeline/trace-markers.ts";
import type { Sidecar } from "./sidecar.ts";

/** Round trips before the first start, from which the bound to be expected is known. */
const FIRST_MARKERS = 50;
/** Round trips before, and again after, each start. */
const MARKERS = 25;
/** With a larger bound the client's and the kernel's times cannot be compared (phases last milliseconds). */
const CLOCK_ERROR_LIMIT_NS = 5_000_000;

const tooFar = (error: number): string =>
  `the engine is too far away or too busy: its clock is known to ±${(error / 1e6).toFixed(1)} ms (half the best round trip, and more for a long start), the limit is ${CLOCK_ERROR_LIMIT_NS / 1e6} ms`;

/**
 * @param limit bound of the clocks' error in ns, beyond which kernel times are not given
 * @throws Error when the clocks cannot be joined closely enough
 */
export async function openSidecarProbe(sidecar: Sidecar, limit = CLOCK_ERROR_LIMIT_NS): Promise<KernelProbe> {
  await sidecar.ask("begin", (line) => line === "begun");
  const first = await roundTrips(sidecar, FIRST_MARKERS);
  const { lines } = await readTrace(sidecar);
  const expected = bestOffset(offsets(lines, first));
  if (expected === undefined) throw new Error("the markers that join the clocks did not come back in the trace");
  if (expected.error > limit) throw new Error(tooFar(expected.error));

  let before: readonly RoundTrip[] = [];
  let lostHelper: string | undefined;
  const problemOf = (error: Error): { problem: string } => ({ problem: `the kernel was not watched: ${error.message}` });
  return {
    name: "sidecar",
    resolution: expected.error,
    begin: async () => {
      try {
        await sidecar.ask("begin", (line) => line === "begun");
        before = await roundTrips(sidecar, MARKERS);
        lostHelper = undefined;
      } catch (error) {
        lostHelper = problemOf(error as Error).problem;
      }
    },
    end: async () => {
      if (lostHelper !== undefined) return { problem: lostHelper };
      try {
        const after = await roundTrips(sidecar, MARKERS);
        return recordOf(await readTrace(sidecar), before, after, limit);
      } catch (error) {
        return problemOf(error as Error);
      }
    },
    watch: async (what) => {
      for (const choice of watchSettings(what)) await setFirst(sidecar, choice);
      return {
        [Symbol.asyncDispose]: async () => {
          // A helper that has ended has taken the whole instance with it.
          for (const setting of unwatchSettings(what)) await set(sidecar, setting).catch(() => undefined);
        },
      };
    },
    [Symbol.asyncDispose]: () => sidecar[Symbol.asyncDispose](),
  };
}

function recordOf(
  { lines, lost }: Pick<TraceRecord, "lines" | "lost">,
  before: readonly RoundTrip[],
  after: readonly RoundTrip[],
  limit: number,
): TraceRecord | { problem: string } {
  const [first, last] = [bestOffset(offsets(lines, before)), bestOffset(offsets(lines, after))];
  // Where the trace was overrun, the markers before the start are the first to go.
  if (lost > 0) return { lines: [], lost, clock: undefined };
  if (first === undefined || last === undefined)
    return { problem: "the markers that join the clocks are missing from the trace" };
  const mapping = mapClocks(first, last);
  if ("problem" in mapping) return mapping;
  if (mapping.error > limit) return { problem: tooFar(mapping.error) };
  const wall = wallAgainstClient(findMarkers(lines, before).wall, findMarkers(lines, after).wall, mapping);
  return { lines, lost, clock: { ...mapping, wall } };
}

const offsets = (lines: readonly string[], trips: readonly RoundTrip[]): ClockOffset[] =>
  findMarkers(lines, trips).markers.map((marker) => offsetOf(marker, TRACE_RESOLUTION_NS));

async function roundTrips(sidecar: Sidecar, count: number): Promise<RoundTrip[]> {
  const trips: RoundTrip[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = randomUUID().slice(0, 8);
    const { sent, received } = await sidecar.ask(`mark ${name}`, (line) => line === `mark ${name}`);
    trips.push({ name, sent, received });
  }
  return trips;
}

/** @throws Error when the helper could not do it */
async function set(sidecar: Sidecar, { file, value }: Setting): Promise<void> {
  const { last } = await sidecar.ask(`set ${file} ${value}`, (line) => line === "set" || line.startsWith("problem "));
  if (last !== "set") throw new Error(last.slice("problem ".length));
}

/** The first settings that the kernel takes, all of them. @throws Error of the last when it takes none */
async function setFirst(sidecar: Sidecar, choice: Choice): Promise<void> {
  for (const [index, settings] of choice.entries()) {
    try {
      for (const setting of settings) await set(sidecar, setting);
      return;
    } catch (error) {
      if (index === choice.length - 1) throw error;
    }
  }
}

async function readTrace(sidecar: Sidecar): Promise<{ lines: string[]; lost: number }> {
  const word = randomUUID();
  const { lines } = await sidecar.ask(`end ${word}`, (line) => line === `${word} end`);
  const stats = lines.indexOf(`${word} stats`);
  return { lines: recordedLines(lines.slice(0, stats)), lost: lostEvents(lines.slice(stats + 1).join("\n")) };
}

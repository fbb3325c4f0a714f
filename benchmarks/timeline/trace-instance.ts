/** A private instance of the kernel's trace: how it is named, set up and read, by whichever way its files are reached. */
import { TRACE_EVENTS, type Tracepoint } from "./trace-line.ts";

/** Instances are named after their maker, so that a sweep finds those whose maker is gone. */
export const INSTANCE_PREFIX = "tierbench-";

/** For all CPUs. A start writes 20 to 40 KB; a busy host's other containers must fit too. */
const BUFFERS_KB = 16_384;
const LEAST_BUFFER_KB = 512;

/** A file below the instance, and what is written to it. */
export interface Setting {
  readonly file: string;
  readonly value: string;
}

export const eventSettings = (events: readonly Tracepoint[]): Setting[] =>
  events.flatMap(({ event, filter }) => [
    ...(filter === undefined ? [] : [{ file: `events/${event}/filter`, value: filter }]),
    { file: `events/${event}/enable`, value: "1" },
  ]);

/** In this order; tracing is off afterwards. */
export const instanceSettings = (cpuCount: number): Setting[] => [
  { file: "tracing_on", value: "0" },
  { file: "trace_clock", value: "mono" },
  { file: "buffer_size_kb", value: String(Math.max(LEAST_BUFFER_KB, Math.floor(BUFFERS_KB / cpuCount))) },
  ...eventSettings(TRACE_EVENTS),
];

/** The lines of `trace` that are not comments. */
export const recordedLines = (trace: readonly string[]): string[] => trace.filter((line) => line !== "" && !line.startsWith("#"));

/** Events overwritten before they were read, or dropped for want of room, on any CPU since the trace was emptied. */
export function lostEvents(stats: string): number {
  let lost = 0;
  for (const [, count] of stats.matchAll(/^(?:overrun|commit overrun|dropped events): (\d+)$/gm)) lost += Number(count);
  return lost;
}

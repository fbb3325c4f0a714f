/** A private instance of the kernel's trace: how it is named, set up and read, by whichever way its files are reached. */
import { SCHEDULER_EVENTS } from "./causes/scheduler-events.ts";
import { TRACE_EVENTS } from "./trace-line.ts";
import type { Tracepoint } from "./tracepoint.ts";

/** Instances are named after their maker, so that a sweep finds those whose maker is gone. */
export const INSTANCE_PREFIX = "tierbench-";

/** For all CPUs. A start writes some 300 KB; what else a busy host does must fit too: a shell script moves descriptors all the time. */
const BUFFERS_KB = 32_768;
const LEAST_BUFFER_KB = 512;

/** A file below the instance, and what is written to it. */
export interface Setting {
  readonly file: string;
  readonly value: string;
}

/** Settings that belong together, in order of preference: the first that this kernel takes; where all may fail, an empty one ends them. */
export type Choice = readonly (readonly Setting[])[];

const eventSettings = (events: readonly Tracepoint[]): Choice[] =>
  events.map(({ event, filter, trigger, plainFilter, optional }) => {
    const file = (name: string, value: string | undefined): Setting[] =>
      value === undefined ? [] : [{ file: `events/${event}/${name}`, value }];
    const enable = file("enable", "1");
    const best = [...file("filter", filter), ...file("trigger", trigger), ...enable];
    const plain = trigger === undefined && plainFilter === undefined ? [] : [[...file("filter", plainFilter), ...enable]];
    return [best, ...plain, ...(optional ? [[]] : [])];
  });

/** What is left of triggers keeps an instance from being removed. */
export const TRIGGER_FILES: readonly string[] = [...TRACE_EVENTS, ...SCHEDULER_EVENTS].flatMap(({ event, trigger }) =>
  trigger === undefined ? [] : [`events/${event}/trigger`],
);

/** What is recorded for a while beside the usual: events, and options of the text. */
export interface Watched {
  readonly events: readonly Tracepoint[];
  readonly options?: readonly string[];
}

export const watchSettings = ({ events, options = [] }: Watched): Choice[] => [
  ...options.map((option): Choice => [[{ file: "trace_options", value: option }]]),
  ...eventSettings(events),
];

/** Takes it back. */
export const unwatchSettings = ({ events, options = [] }: Watched): Setting[] => [
  ...events.flatMap(({ event, trigger }) => [
    { file: `events/${event}/enable`, value: "0" },
    ...(trigger === undefined ? [] : [{ file: `events/${event}/trigger`, value: "!stacktrace" }]),
  ]),
  ...options.map((option) => ({ file: "trace_options", value: `no${option}` })),
];

/** An instance begins with the options of the trace above it, which other programs use. Not every kernel has all of them. */
const TEXT_OPTIONS = [
  ...["context-info", "irq-info", "nolatency-format", "norecord-tgid", "noverbose", "noraw", "nohex", "nobin", "nofields"],
  ...["nostacktrace", "nouserstacktrace", "nosym-offset", "nosym-addr", "overwrite", "markers", "noevent-fork"],
] as const;

/** In this order; tracing is off afterwards. */
export const instanceSettings = (cpuCount: number): Choice[] => [
  [[{ file: "tracing_on", value: "0" }]],
  [[{ file: "trace_clock", value: "mono" }]],
  [[{ file: "buffer_size_kb", value: String(Math.max(LEAST_BUFFER_KB, Math.floor(BUFFERS_KB / cpuCount))) }]],
  ...TEXT_OPTIONS.map((option): Choice => [[{ file: "trace_options", value: option }], []]),
  ...eventSettings(TRACE_EVENTS),
];

/** The lines of `trace` that are not comments. */
export const recordedLines = (trace: readonly string[]): string[] => trace.filter((line) => line !== "" && !line.startsWith("#"));

/** Events overwritten before they were read, or dropped because the buffer was full, on any CPU since the trace was emptied. */
export function lostEvents(stats: string): number {
  let lost = 0;
  for (const [, count] of stats.matchAll(/^(?:overrun|commit overrun|dropped events): (\d+)$/gm)) lost += Number(count);
  return lost;
}

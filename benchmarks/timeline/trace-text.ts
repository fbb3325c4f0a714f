/** The text of a trace → its events, and what of it cannot be read. */
import type { ClockNs } from "../../research/units.ts";
import { PASSED_OVER } from "./output/descriptor-events.ts";
import { readTraceLine, type TraceEvent } from "./trace-line.ts";
import { wholeLines } from "./whole-lines.ts";

export interface TraceText {
  readonly events: readonly TraceEvent[];
  /** Lines that were recorded and are nothing that is known: the kernel's text is not what it was taken for. */
  readonly unreadable: readonly string[];
}

const STACK_FRAME = /^ => /;
/** Blank lines, the heading, `##### CPU 1 buffer started ####`; what was lost is counted elsewhere. */
const REMARK = /^(?:#.*|CPU:\d+ \[LOST .*|\s*)$/;

/** Containers that were started at once share a trace; each would read all of it again. */
const known = new WeakMap<readonly string[], TraceText>();

export function readTraceText(lines: readonly string[]): TraceText {
  const before = known.get(lines);
  if (before !== undefined) return before;
  const text = read(lines);
  known.set(lines, text);
  return text;
}

function read(printed: readonly string[]): TraceText {
  const lines = wholeLines(printed);
  const events: TraceEvent[] = [];
  const unreadable: string[] = [];
  /** The kernel prints events in the order of time: a line that is not may be a stranger's doing. */
  let latest: ClockNs | undefined;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as string;
    if (STACK_FRAME.test(line) || REMARK.test(line)) continue;
    const event = readTraceLine(line);
    if (event === undefined || isBefore(event, latest)) unreadable.push(line);
    else if (event !== PASSED_OVER && !(event.kind === "link_opened" && wasWaiting(lines, index))) {
      latest = event.at;
      events.push(event);
    }
  }
  return { events, unreadable };
}

const isBefore = (event: TraceEvent | typeof PASSED_OVER, latest: ClockNs | undefined): boolean =>
  event !== PASSED_OVER && latest !== undefined && event.at < latest;

/** The stack of a task that waits, which is recorded for another purpose. */
function wasWaiting(lines: readonly string[], stack: number): boolean {
  for (let index = stack + 1; STACK_FRAME.test(lines[index] ?? ""); index += 1)
    if (lines[index]?.includes("schedule")) return true;
  return false;
}

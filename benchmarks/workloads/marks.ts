/**
 * Marks: lines that a workload writes to its standard output before and after what is timed. The kernel's trace stamps
 * each write; without it the client stamps what it reads.
 */
import type { MarkClock } from "../../research/protocol.ts";
import { type ClockNs, elapsedNs, type Nanoseconds } from "../../research/units.ts";
import type { OutputChunk } from "../design/ports.ts";
import type { ObservedStart } from "../start/observe-start.ts";
import { kernelSightings } from "../timeline/kernel-milestones.ts";
import { kernelEvents, type Sightings } from "../timeline/timeline.ts";

export interface Mark {
  readonly text: string;
  /** When it was written, or `null` where the client read it together with the line before it. */
  readonly at: ClockNs | null;
}

export interface Marks {
  readonly clock: MarkClock;
  readonly lines: readonly Mark[];
  /** Why times are missing. */
  readonly problem: string | undefined;
}

/** The lines that a workload wrote about one of several trials. */
export interface Section extends Marks {
  /** When it began; `null` as for a mark. */
  readonly began: ClockNs | null;
}

type Seen = Pick<Sightings, "containerId" | "client" | "trace" | "kernelClock"> & Pick<ObservedStart, "output">;

/**
 * The lines of a container's standard output with their times. Each must have been written by one call: the n-th write
 * that the kernel saw is then the n-th line that the client read.
 */
export function readMarks(seen: Seen): Marks {
  const byClient = stampByClient(seen.output);
  const writes = stdoutWrites(seen);
  if (writes.length === 0) return { clock: "client", lines: byClient, problem: untold(byClient) };
  if (writes.length !== byClient.length) {
    const problem = `the kernel saw ${writes.length} writes to standard output, the client read ${byClient.length} lines`;
    return { clock: "kernel", lines: byClient.map(({ text }) => ({ text, at: null })), problem };
  }
  return { clock: "kernel", lines: byClient.map(({ text }, index) => ({ text, at: writes[index] ?? null })), problem: undefined };
}

function untold(lines: readonly Mark[]): string | undefined {
  const count = lines.filter(({ at }) => at === null).length;
  return count === 0 ? undefined : `no kernel probe, and ${count} marks were read together with the one before`;
}

const HEADING = /^section \d+$/;

/** Each heading with the lines up to the next, in the order of writing. */
export function sectionsOf({ clock, lines, problem }: Marks): Section[] {
  const headings = lines.flatMap(({ text }, index) => (HEADING.test(text) ? index : []));
  return headings.map((heading, index) => {
    const own = lines.slice(heading + 1, headings[index + 1]);
    return { clock, lines: own, problem: clock === "client" ? untold(own) : problem, began: lines[heading]?.at ?? null };
  });
}

/**
 * The time from the first mark of one name to the first mark of another; `null` where either has none.
 * @throws Error when the workload did not write such a mark
 */
export function between(marks: Marks, begin: string, end: string): Nanoseconds | null {
  const [from, to] = [timeOf(marks, begin), timeOf(marks, end)];
  return from === null || to === null ? null : elapsedNs(from, to);
}

/**
 * The time of the first mark of a name; `null` where it has none.
 * @throws Error when the workload did not write such a mark
 */
export function timeOf({ lines }: Marks, name: string): ClockNs | null {
  const mark = lines.find(({ text }) => text === name);
  if (mark === undefined) throw new Error(`the workload did not write its mark ${JSON.stringify(name)}`);
  return mark.at;
}

function stdoutWrites({ containerId, client, ...traced }: Seen): ClockNs[] {
  if (containerId === undefined) return [];
  const { writes } = kernelSightings(kernelEvents(traced), containerId, client.create_done ?? client.create_sent);
  return writes.flatMap(({ stream, at }) => (stream === "stdout" ? [at] : []));
}

/** A line is there when its last byte is; of lines that came in one piece only the first has a time. */
function stampByClient(chunks: readonly OutputChunk[]): Mark[] {
  const marks: Mark[] = [];
  let begun = "";
  for (const { at, text } of chunks) {
    const lines = (begun + text).split("\n");
    begun = lines.pop() ?? "";
    for (const [index, line] of lines.entries()) marks.push({ text: line, at: index === 0 ? at : null });
  }
  return marks;
}

/** Which of the kernel's milestones starts show, as a table. */
import { readdirSync, readFileSync } from "node:fs";
import { markdownTable } from "markdown-table";
import { parseCapturedStarts } from "../../../benchmarks/timeline/captured-start.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { TRACE_RESOLUTION_NS } from "../../../benchmarks/timeline/trace-line.ts";
import { MILESTONE_NAMES, MILESTONES, type Milestone } from "../../../research/milestones.ts";
import { type Milestones, partition } from "../../../research/phases.ts";

const captured = new URL("../../../benchmarks/fixtures/captured/", import.meta.url);
const KERNEL = MILESTONE_NAMES.filter((name) => MILESTONES[name].probes[0] === "tracefs");

/** Starts by the engine, runtime and network that they were made with. */
export type StartsByKind = ReadonlyMap<string, readonly Milestones[]>;

export const capturedStarts = (): StartsByKind =>
  new Map(
    readdirSync(captured)
      .sort()
      .map((file) => [
        file.replace(/^docker|\.json$/g, "").replaceAll("-", " "),
        parseCapturedStarts(readFileSync(new URL(file, captured), "utf8"), file).map(
          (start) => timeline(start, TRACE_RESOLUTION_NS).milestones,
        ),
      ]),
  );

/** In how many of its starts each kind shows a milestone: all, none, or a number. */
export function milestoneTable(kinds: StartsByKind): string {
  const rows = KERNEL.map((name) => [
    name,
    ...[...kinds.values()].map((starts) => {
      const seen = starts.filter((milestones) => isSeen(milestones, name)).length;
      return seen === starts.length ? "yes" : seen === 0 ? "–" : `${seen} of ${starts.length}`;
    }),
  ]);
  return markdownTable([["milestone", ...kinds.keys()], ...rows]);
}

/** By the kernel, that is. Where it does not see the entrypoint, entry_acts is the client's first byte. */
const isSeen = (milestones: Milestones, name: Milestone): boolean =>
  name === "entry_acts" ? milestones.entry_acts !== undefined && milestones.entry_exec !== undefined : name in milestones;

/** Milestones that one of two starts shows and the other does not. */
export const differences = (a: Milestones, b: Milestones): Milestone[] =>
  KERNEL.filter((name) => isSeen(a, name) !== isSeen(b, name));

/** @returns what is wrong with the phases of a whole start, or `undefined` when they partition it */
export function flawOfPhases(milestones: Milestones): string | undefined {
  const { phases, total_ns, incomplete } = partition(milestones);
  if (incomplete !== null) return incomplete;
  let end = 0;
  for (const { phase, begin_ns, end_ns, duration_ns } of phases) {
    if (begin_ns !== end) return `${phase} begins at ${begin_ns} ns, and what comes before it ends at ${end} ns`;
    if (duration_ns < 0 || duration_ns !== end_ns - begin_ns) return `${phase} takes ${duration_ns} ns`;
    end = end_ns;
  }
  return end === total_ns ? undefined : `the phases end at ${end} ns, and the start at ${total_ns} ns`;
}

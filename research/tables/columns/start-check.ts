/** What must hold for the row of a start, in every table that has such rows. */
import { impossibleStart } from "../../impossible-start.ts";
import { MILESTONE_NAMES, type Milestone } from "../../milestones.ts";
import type { Outcome } from "../../protocol.ts";
import type { Nanoseconds } from "../../units.ts";
import type { MilestoneColumn } from "./milestone-columns.ts";

export type StartCheckRow = Readonly<Record<MilestoneColumn, Nanoseconds | null>> & {
  readonly outcome: Outcome;
  readonly clock_error_ns: Nanoseconds | null;
  readonly lost_events: number | null;
};

const COLUMN = Object.fromEntries(MILESTONE_NAMES.map((name) => [name, `${name}_ns`])) as Record<Milestone, MilestoneColumn>;

/** The calls that every `ok` start has made; how it ended is up to the table's experiment. */
const MADE = ["create_done", "start_sent"] as const satisfies readonly Milestone[];

/**
 * What is impossible about the row of a start. Milestones of a trace that lost events, or whose clock could not be mapped,
 * cannot be trusted: their order is not checked.
 */
export function startCheck(row: StartCheckRow): string | undefined {
  const { outcome, create_sent_ns, clock_error_ns, lost_events } = row;
  if (create_sent_ns === null) return withoutOrigin(row);
  if (create_sent_ns !== 0) return `create_sent is the origin of all times, and not 0 but ${create_sent_ns} ns`;
  if (outcome === "ok") {
    const missing = notThere(row);
    if (missing !== undefined) return `the outcome is ok, without ${missing}`;
    if ((lost_events ?? 0) > 0) return `the outcome is ok, and the kernel dropped ${lost_events} trace events`;
  }
  if (outcome === "probe-lost" || (lost_events ?? 0) > 0) return undefined;
  return impossibleStart((milestone) => row[COLUMN[milestone]], clock_error_ns ?? 0);
}

/** A start that never began has no times at all. */
function withoutOrigin(row: StartCheckRow): string | undefined {
  if (row.outcome === "ok") return "the outcome is ok, without create_sent";
  const other = MILESTONE_NAMES.find((name) => row[COLUMN[name]] !== null);
  return other && `${other} without create_sent, the origin of all times`;
}

function notThere(row: StartCheckRow): string | undefined {
  if (row.clock_error_ns === null || row.lost_events === null) return "clock_error_ns and lost_events";
  return MADE.find((name) => row[COLUMN[name]] === null);
}

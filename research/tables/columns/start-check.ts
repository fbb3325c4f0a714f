/** What must hold for the row of a start, in every table that has such rows. */
import { type ActRule, actRuleOf } from "../../act-rule.ts";
import { impossibleStart } from "../../impossible-start.ts";
import { CAUSES, MILESTONE_NAMES, type Milestone } from "../../milestones.ts";
import { LONGEST_TRIAL, type Outcome, type Probe, STARTUP } from "../../protocol.ts";
import { tooShort, type WrongCell } from "../../table.ts";
import type { Nanoseconds } from "../../units.ts";
import type { MilestoneColumn } from "./milestone-columns.ts";
import { SHORTEST_PROCESS_NS, SHORTEST_START_NS } from "./shortest.ts";

export type StartCheckRow = Readonly<Record<MilestoneColumn, Nanoseconds | null>> & {
  readonly outcome: Outcome;
  readonly probe: Probe | null;
  readonly act_rule: ActRule | null;
  readonly clock_error_ns: Nanoseconds | null;
  readonly lost_events: number | null;
};

const COLUMN = Object.fromEntries(MILESTONE_NAMES.map((name) => [name, `${name}_ns`])) as Record<Milestone, MilestoneColumn>;

/** What nothing else comes before: the request has to reach the engine first, which is more work than to make a process. */
const FIRST_SEEN = MILESTONE_NAMES.filter((name) => name !== "create_sent" && CAUSES[name] === undefined);
const LONGEST_NS = LONGEST_TRIAL * 1e6;

/** The calls that every `ok` start has made; how it ended is up to the table's experiment. */
const MADE = ["create_done", "start_sent"] as const satisfies readonly Milestone[];

/**
 * What is impossible about the row of a start. Milestones of a trace that lost events, or whose clock could not be mapped,
 * cannot be trusted: their order is not checked.
 */
export function startCheck(row: StartCheckRow): string | WrongCell | undefined {
  const { outcome, create_sent_ns, clock_error_ns, lost_events } = row;
  if (create_sent_ns === null) return withoutOrigin(row);
  if (create_sent_ns !== 0) return `create_sent is the origin of all times, and not 0 but ${create_sent_ns} ns`;
  const error = clock_error_ns ?? 0;
  if (error > TIMEOUT_NS) return `clock_error_ns ${error} is more than a start may take: no probe has such a bound`;
  if (outcome === "ok") {
    const missing = notThere(row);
    if (missing !== undefined) return `the outcome is ok, without ${missing}`;
    if ((row.entry_acts_ns ?? 1) <= 0)
      return `entry_acts at ${row.entry_acts_ns} ns: nothing acts in the moment in which it was asked for`;
    const acts = row.entry_acts_ns;
    if (acts !== null && acts + error < SHORTEST_START_NS) return tooShort("entry_acts_ns", acts, SHORTEST_START_NS, "ns");
    if ((lost_events ?? 0) > 0) return `the outcome is ok, and the kernel dropped ${lost_events} trace events`;
  }
  if (!isTrusted(row)) return undefined;
  return (
    impossibleStart((milestone) => row[COLUMN[milestone]], error, LONGEST_NS) ??
    actsAfterItsEnd(row, error) ??
    afterTimeout(row, error) ??
    tooEarly(row, error)
  );
}

function tooEarly(row: StartCheckRow, error: number): WrongCell | undefined {
  const early = FIRST_SEEN.find((name) => (row[COLUMN[name]] ?? SHORTEST_PROCESS_NS) + error < SHORTEST_PROCESS_NS);
  if (early === undefined || row.outcome !== "ok") return undefined;
  return tooShort(COLUMN[early], row[COLUMN[early]] as number, SHORTEST_PROCESS_NS, "ns");
}

/** Whether the trace is whole and its clock could be mapped. */
export const isTrusted = ({ outcome, lost_events }: Pick<StartCheckRow, "outcome" | "lost_events">): boolean =>
  outcome !== "probe-lost" && (lost_events ?? 0) === 0;

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

export const TIMEOUT_NS = STARTUP.timeout * 1e6;
/** A timer of a busy client may ring that much late; and so long is a late end of the output waited for. */
export const LATE_NS = 2e9;

/** What belongs to a start that ended well had happened before it would have been stopped. */
const IN_TIME = ["create_done", "start_sent", "entry_exec", "entry_acts", "start_done", "wait_done"] as const;

function afterTimeout(row: StartCheckRow, error: number): string | undefined {
  if (row.outcome !== "ok") return undefined;
  const late = IN_TIME.find((name) => (row[COLUMN[name]] ?? 0) > TIMEOUT_NS + LATE_NS + error);
  return (
    late &&
    `${late} at ${row[COLUMN[late]]} ns is after the ${STARTUP.timeout / 1000} s at which a start is stopped, and the outcome is ok`
  );
}

/** The kernel saw the act and the end of the same process; a first byte that the client read may lag behind both. */
function actsAfterItsEnd(row: StartCheckRow, error: number): string | undefined {
  const { entry_acts_ns, entry_exit_ns, first_byte_ns, removed_ns } = row;
  const seen = actRuleOf(row) !== "client-bound" && entry_acts_ns !== first_byte_ns;
  if (seen && entry_acts_ns !== null && entry_exit_ns !== null && entry_acts_ns > entry_exit_ns + error)
    return `entry_acts at ${entry_acts_ns} ns is after entry_exit at ${entry_exit_ns} ns: what has ended does not act`;
  const [name, last] =
    (first_byte_ns ?? 0) > (entry_acts_ns ?? 0) ? ["first_byte", first_byte_ns] : ["entry_acts", entry_acts_ns];
  if (last !== null && removed_ns !== null && (last as number) > removed_ns + LATE_NS + error)
    return `${name} at ${last} ns is after removed at ${removed_ns} ns, when the container was gone`;
  return undefined;
}

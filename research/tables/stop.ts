import type { Column } from "../csv/cells.ts";
import { count, duration, flag, ns, oneOf, optional } from "../csv/cells.ts";
import { type Outcome, PROBES } from "../protocol.ts";
import { impossibleStop } from "../stop/impossible-stop.ts";
import { STOP_CAUSES, STOP_MILESTONE_NAMES, STOP_MILESTONES, type StopMilestone } from "../stop/milestones.ts";
import { tooShort, type WrongCell } from "../table.ts";
import type { Nanoseconds } from "../units.ts";
import { SHORTEST_PROCESS_NS, SHORTEST_START_NS } from "./columns/shortest.ts";
import { isTrusted, TIMEOUT_NS } from "./columns/start-check.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const ENTRYPOINTS = ["handles", "init", "ignores"] as const;

type StopColumns = { readonly [M in StopMilestone as `${M}_ns`]: Column<Nanoseconds | null> };
const milestones = Object.fromEntries(
  STOP_MILESTONE_NAMES.map((name) => [
    `${name}_ns`,
    optional(ns(`${STOP_MILESTONES[name].meaning} (${STOP_MILESTONES[name].probe})`)),
  ]),
) as unknown as StopColumns;

export const stopTable = defineTrialTable(
  "stop",
  "One row per container that is stopped and removed. Times are nanoseconds since stop_sent, the client's POST /containers/{id}/stop.",
  {
    entrypoint: oneOf(
      ENTRYPOINTS,
      "handles: a shell that ends by a handler of SIGTERM; init: sleep below docker's --init; ignores: sleep as the first process, for which the kernel drops SIGTERM, killed after one second",
    ),
  },
  {
    ...milestones,
    signal_ignored: optional(flag("whether the kernel dropped the signal, because its receiver has no handler for it")),
    probe: optional(oneOf(PROBES, "where the milestones that are not the client's come from")),
    clock_error_ns: optional(duration("bound of the error of every time in this row against the client's monotonic clock")),
    lost_events: optional(count("trace events that the kernel dropped during the trial")),
  },
  {
    needs: ["stop_sent_ns", "stop_done_ns", "removed_ns"],
    positive: ["stop_done_ns"],
    shortest: { stop_done_ns: SHORTEST_START_NS },
    checks: [stopCheck],
  },
);

/** After it the engine kills what ignores the signal, by a timer of its own, which may be of another clock. */
const GRACE_NS = 1e9;
const MOST_EARLY = 0.9;

type StopCheckRow = { readonly [M in StopMilestone as `${M}_ns`]: Nanoseconds | null } & {
  readonly outcome: Outcome;
  readonly entrypoint: string;
  readonly signal_ignored: boolean | null;
  readonly clock_error_ns: Nanoseconds | null;
  readonly lost_events: number | null;
};

/** What nothing else comes before: the request has to reach the engine first. */
const FIRST_SEEN = STOP_MILESTONE_NAMES.filter((name) => name !== "stop_sent" && STOP_CAUSES[name] === undefined);

/** An engine that gives every container an init of its own has one below which `sleep` ends at once: the signal was delivered. */
const isWaitedFor = ({ entrypoint, signal_ignored, kill_sent_ns }: StopCheckRow): boolean =>
  entrypoint === "ignores" && (signal_ignored !== false || kill_sent_ns !== null);

/** What became of the signal, against what it was sent to and what ended that. */
function otherSignal({ entrypoint, signal_ignored, kill_sent_ns }: StopCheckRow): WrongCell | undefined {
  const said = { column: "signal_ignored", value: `${signal_ignored}` };
  if (entrypoint === "ignores")
    return signal_ignored === false && kill_sent_ns !== null
      ? { ...said, expected: "true", why: "sleep does not live on with a signal that reached it, and SIGKILL was sent after it" }
      : undefined;
  // Its shell has set its handler before it says that it is up, and is stopped after that.
  if (entrypoint === "handles" && signal_ignored)
    return { ...said, expected: "false", why: "handles has a handler; is it another entrypoint's row?" };
  return signal_ignored && kill_sent_ns === null
    ? { ...said, expected: "false", why: `${entrypoint} handles the signal, and no SIGKILL ended it` }
    : undefined;
}

/** What is impossible about the row of a stop; as of a start, the order of a trace that cannot be trusted is not checked. */
function stopCheck(row: StopCheckRow): string | WrongCell | undefined {
  const { outcome, stop_sent_ns, stop_done_ns, removed_ns, lost_events } = row;
  const error = row.clock_error_ns ?? 0;
  if (stop_sent_ns === null) {
    const other = STOP_MILESTONE_NAMES.find((name) => row[`${name}_ns`] !== null);
    return other && `${other} without stop_sent, the origin of all times`;
  }
  if (stop_sent_ns !== 0) return `stop_sent is the origin of all times, and not 0 but ${stop_sent_ns} ns`;
  if (error > TIMEOUT_NS) return `clock_error_ns ${error} is more than a stop may take: no probe has such a bound`;
  if (outcome === "ok" && (lost_events ?? 0) > 0) return `the outcome is ok, and the kernel dropped ${lost_events} trace events`;
  // The client makes one call after the other, by its own clock.
  if (stop_done_ns !== null && stop_done_ns < 0) return `stop_done at ${stop_done_ns} ns is before stop_sent`;
  if (stop_done_ns !== null && removed_ns !== null && removed_ns < stop_done_ns)
    return `removed at ${removed_ns} ns is before stop_done at ${stop_done_ns} ns`;
  if (outcome === "ok" && isWaitedFor(row) && stop_done_ns !== null && stop_done_ns < GRACE_NS * MOST_EARLY)
    return tooShort("stop_done_ns", stop_done_ns, GRACE_NS * MOST_EARLY, "ns");
  if (!isTrusted(row)) return undefined;
  const other = outcome === "ok" ? otherSignal(row) : undefined;
  if (other !== undefined) return other;
  const first = FIRST_SEEN.find((name) => (row[`${name}_ns`] ?? SHORTEST_PROCESS_NS) + error < SHORTEST_PROCESS_NS);
  return (
    impossibleStop((milestone) => row[`${milestone}_ns`], error) ??
    (first === undefined || outcome !== "ok"
      ? undefined
      : tooShort(`${first}_ns`, row[`${first}_ns`] as number, SHORTEST_PROCESS_NS, "ns"))
  );
}

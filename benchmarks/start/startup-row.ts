/** An observed start → its row in startup.csv. */
import { impossibleStart } from "../../research/impossible-start.ts";
import { MILESTONE_NAMES } from "../../research/milestones.ts";
import type { Milestones } from "../../research/phases.ts";
import type { MilestoneColumn } from "../../research/tables/columns/milestone-columns.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import { type Nanoseconds, nanoseconds, unixNs } from "../../research/units.ts";
import { oneLine } from "../design/one-line.ts";
import type { KernelProbe } from "../design/ports.ts";
import type { Report } from "../design/run-experiment.ts";
import type { ScheduledTrial } from "../design/schedule.ts";
import { causalBrackets, offsetByCausality } from "../timeline/event-clock.ts";
import { timeline } from "../timeline/timeline.ts";
import { type WallAround, wallBetween } from "../timeline/wall-step.ts";
import type { ObservedStart } from "./observe-start.ts";
import { type ReadyTime, readyTime } from "./ready-time.ts";

export interface TrialContext {
  readonly block: number;
  readonly trial: ScheduledTrial;
  readonly start: ObservedStart;
  readonly gap: Nanoseconds | null;
  /** This machine's wall clock; the daemon's too when the engine is local. */
  readonly wall: WallAround;
  readonly engineIsLocal: boolean;
  readonly probe: Pick<KernelProbe, "name" | "resolution">;
}

/** What became of a start when its times were put together. */
export type Judged = Pick<ObservedStart, "outcome" | "problem">;

export type StartCells = Pick<StartupRow, MilestoneColumn | "clock_error_ns" | "lost_events" | "act_rule">;

/**
 * The cells of a start that every table of starts has, its milestones, and its outcome. Impossible times, such as an
 * effect before its cause, show that a clock was set or stood still meanwhile: Docker's events are then left out, and where
 * that is not enough whatever the kernel stamped, which makes an `ok` start `probe-lost`.
 */
export function startCells(
  start: ObservedStart,
  wall: WallAround,
  engineIsLocal: boolean,
  probe: TrialContext["probe"],
): { cells: StartCells; ready: ReadyTime; milestones: Milestones; judged: Judged } {
  const { outcome } = start;
  const daemonWall = wallOfDaemon(start, wall, engineIsLocal);
  const wasSet = daemonWall !== undefined && "problem" in daemonWall && Object.keys(start.events).length > 0;
  const whole = cellsOf(start, daemonWall, probe);
  const problem = start.problem ?? (wasSet ? daemonWall.problem : unseenEntrypoint(start, whole));
  const doubt = impossible(whole);
  if (outcome === "probe-lost" || start.lostEvents > 0 || doubt === undefined) return { ...whole, judged: { outcome, problem } };
  const withoutEvents = cellsOf(start, undefined, probe);
  const contradiction = impossible(withoutEvents);
  if (contradiction === undefined)
    return { ...withoutEvents, judged: { outcome, problem: problem ?? `Docker's events are left out: ${doubt}` } };
  const judged: Judged =
    outcome === "ok"
      ? { outcome: "probe-lost", problem: `a clock was set during the start: ${contradiction}` }
      : { outcome, problem };
  return { ...cellsOf({ ...start, trace: [] }, undefined, probe), judged };
}

/** A row without tiers says why, also where nothing failed: a runtime that hides the entrypoint, or a trace that missed it. */
const unseenEntrypoint = (
  { outcome, trace }: ObservedStart,
  { milestones }: { readonly milestones: Milestones },
): string | undefined =>
  outcome === "ok" && trace.length > 0 && milestones.entry_exec === undefined
    ? "the kernel's trace does not show the execve of the entrypoint"
    : undefined;

const impossible = ({ cells, milestones }: { readonly cells: StartCells; readonly milestones: Milestones }) =>
  impossibleStart((milestone) => milestones[milestone] ?? null, cells.clock_error_ns);

type DaemonWall = ReturnType<typeof wallBetween> | undefined;

const wallOfDaemon = (start: ObservedStart, wall: WallAround, engineIsLocal: boolean): DaemonWall =>
  engineIsLocal ? wallBetween(wall) : (start.kernelClock?.wall ?? offsetByCausality(causalBrackets(start.client, start.events)));

/** @param daemonWall without it, or where it was set, there are no times of Docker's events */
function cellsOf(
  start: ObservedStart,
  daemonWall: DaemonWall,
  probe: TrialContext["probe"],
): { cells: StartCells; ready: ReadyTime; milestones: Milestones } {
  const found = timeline({ ...start, wall: daemonWall }, probe.resolution);
  const { milestones, actRule, clockError, eventError } = found;
  const times = Object.fromEntries(MILESTONE_NAMES.map((name) => [`${name}_ns`, milestones[name] ?? null])) as unknown as Pick<
    StartupRow,
    MilestoneColumn
  >;
  const clock_error_ns = nanoseconds(Math.max(clockError, eventError ?? 0));
  const act_rule = milestones.entry_acts === undefined ? null : actRule;
  return {
    cells: { ...times, clock_error_ns, lost_events: start.lostEvents, act_rule },
    ready: readyTime(start, found),
    milestones,
  };
}

export function startupRow({ block, trial, start, gap, wall, engineIsLocal, probe }: TrialContext): {
  row: Omit<StartupRow, "trial" | "session">;
  milestones: Milestones;
  judged: Judged;
} {
  const { cells, ready, milestones, judged } = startCells(start, wall, engineIsLocal, probe);
  const row = {
    ...cells,
    ...ready,
    block,
    warmup: trial.warmup,
    image: trial.image,
    mode: trial.mode,
    variant: trial.variant,
    probe: probe.name,
    outcome: judged.outcome,
    container_id: start.containerId ?? null,
    started_unix_ns: unixNs(start.client.create_sent + wall.before.offset),
    gap_ns: gap,
    reason: judged.problem === undefined ? null : oneLine(judged.problem),
  };
  return { row, milestones, judged };
}

/** A trial of the experiment startup. */
export interface TrialReport extends Report {
  readonly trial: ScheduledTrial;
  readonly start: ObservedStart;
}

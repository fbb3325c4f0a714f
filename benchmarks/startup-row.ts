/** An observed start → its row in startup.csv. */
import { MILESTONE_NAMES } from "../research/milestones.ts";
import type { Milestones } from "../research/phases.ts";
import type { StartupRow } from "../research/tables.ts";
import { type Nanoseconds, nanoseconds, unixNs } from "../research/units.ts";
import { causalBrackets, offsetByCausality, type WallOffset } from "./event-clock.ts";
import type { ObservedStart } from "./experiments/startup.ts";
import type { KernelProbe } from "./ports.ts";
import type { ScheduledTrial } from "./schedule.ts";
import { timeline } from "./timeline.ts";

export interface TrialContext {
  readonly block: number;
  readonly trial: ScheduledTrial;
  readonly start: ObservedStart;
  readonly gap: Nanoseconds | null;
  /** This machine's wall clock; the daemon's too when the engine is local. */
  readonly wall: WallOffset;
  readonly engineIsLocal: boolean;
  readonly probe: Pick<KernelProbe, "name" | "resolution">;
}

type MilestoneCells = Pick<StartupRow, Extract<keyof StartupRow, `${string}_ns`>>;

export function startupRow({ block, trial, start, gap, wall, engineIsLocal, probe }: TrialContext): {
  row: Omit<StartupRow, "trial" | "session">;
  milestones: Milestones;
} {
  const daemonWall = engineIsLocal
    ? wall
    : (start.kernelClock?.wall ?? offsetByCausality(causalBrackets(start.client, start.events)));
  const { milestones, clockError, eventError } = timeline({ ...start, wall: daemonWall }, probe.resolution);
  const cells = Object.fromEntries(
    MILESTONE_NAMES.map((name) => [`${name}_ns`, milestones[name] ?? null]),
  ) as unknown as MilestoneCells;
  const row = {
    ...cells,
    block,
    warmup: trial.warmup,
    image: trial.image,
    mode: trial.mode,
    probe: probe.name,
    outcome: start.outcome,
    container_id: start.containerId ?? null,
    started_unix_ns: unixNs(start.client.create_sent + wall.offset),
    gap_ns: gap,
    clock_error_ns: nanoseconds(Math.max(clockError, eventError ?? 0)),
    lost_events: start.lostEvents,
  };
  return { row, milestones };
}

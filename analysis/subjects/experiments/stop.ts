/** A container's end, by phase. */
import { STOP_MILESTONE_NAMES } from "../../../research/stop/milestones.ts";
import { partitionStop, STOP_PHASE_NAMES, type StopPhaseName } from "../../../research/stop/phases.ts";
import { stopTable } from "../../../research/tables/stop.ts";
import type { Nanoseconds } from "../../../research/units.ts";
import { lower, ms } from "../metrics/metric.ts";
import { byProbe, trials } from "./trials.ts";

type StopRow = typeof stopTable.unmeasured;

/** Every phase asks for it. */
const known = new WeakMap<StopRow, ReturnType<typeof partitionStop>>();

function partitionOf(row: StopRow): ReturnType<typeof partitionStop> {
  const found = known.get(row);
  if (found !== undefined) return found;
  const milestones = STOP_MILESTONE_NAMES.flatMap((milestone) => {
    const at = row[`${milestone}_ns`];
    return at === null ? [] : [[milestone, at] as const];
  });
  const partition = partitionStop(Object.fromEntries(milestones));
  known.set(row, partition);
  return partition;
}

/** Alone: not together with phases that were not seen. */
function stopPhase(row: StopRow, name: StopPhaseName): Nanoseconds | null {
  const found = partitionOf(row).phases.find(({ phase }) => phase === name);
  return found === undefined || found.encloses.length > 0 ? null : found.duration_ns;
}

export const stop = trials(stopTable, {
  factors: ({ entrypoint }) => ({ entrypoint }),
  way: byProbe,
  metrics: {
    total_ms: lower("ms", ({ removed_ns }) => ms(removed_ns)),
    ...Object.fromEntries(
      STOP_PHASE_NAMES.map((phase) => [
        `${phase}_ms`,
        { ...lower<StopRow>("ms", (row) => ms(stopPhase(row, phase))), onlyWhereSeen: true } as const,
      ]),
    ),
  },
});

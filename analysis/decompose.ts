/** One row of startup.csv → its milestones → phases and tiers, by the rule that research declares. */
import { MILESTONE_NAMES, type Milestone } from "../research/milestones.ts";
import { type Milestones, type Partition, partition } from "../research/phases.ts";
import type { StartupRow } from "../research/tables.ts";
import type { Nanoseconds } from "../research/units.ts";

/** The milestones that were observed, in ns since create_sent; an empty cell is an absent milestone, not one at 0. */
export function startupMilestones(row: StartupRow): Milestones {
  const milestones: Partial<Record<Milestone, Nanoseconds>> = {};
  for (const name of MILESTONE_NAMES) {
    const at = row[`${name}_ns`];
    if (at !== null) milestones[name] = at;
  }
  return milestones;
}

/** The phases, tiers and total of one start, in ns; they add up exactly, see {@link partition}. */
export const decompose = (row: StartupRow): Partition => partition(startupMilestones(row));

/** One row of startup.csv, or of another table of starts → its phases and tiers, by the rule that research declares. */
import { type Partition, PHASE_NAMES, PHASES, partitionBegins } from "../../research/phases.ts";
import type { MilestoneColumn } from "../../research/tables/columns/milestone-columns.ts";
import type { Nanoseconds } from "../../research/units.ts";

const BEGIN_COLUMNS = PHASE_NAMES.map((phase) => `${PHASES[phase].begins}_ns` as const);

/**
 * The phases, tiers and total of one start, in ns; they add up exactly, see {@link partitionBegins}. An empty cell is an
 * absent milestone, not one at 0.
 */
export const decompose = (row: Readonly<Record<MilestoneColumn, Nanoseconds | null>>): Partition =>
  partitionBegins(
    BEGIN_COLUMNS.map((column) => row[column]),
    row.entry_acts_ns,
  );

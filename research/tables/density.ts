import { count, optional } from "../csv/cells.ts";
import { startColumns } from "./columns/milestone-columns.ts";
import { numberedStarts } from "./columns/numbered-starts.ts";
import { startCheck } from "./columns/start-check.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const DENSITIES = [0, 10, 50] as const;

/** Starting the idle ones takes much longer than a start. */
export const STARTS_A_TRIAL = 5;

export const densityTable = defineTrialTable(
  "density",
  "One row per start on an engine that already runs idle containers; a trial is several such starts, one after the other. Milestones as in startup.csv.",
  { idle: count("number of idle containers that are already running") },
  { start: optional(count("number of the start within the trial, from 1", 1)), ...startColumns },
  {
    part: ["start"],
    needs: ["start"],
    // One that could not be tried has a row without the number of a start.
    isWhole: (rows) => rows[0]?.start === "" || rows.length === STARTS_A_TRIAL,
    checks: [startCheck],
    acrossRows: numberedStarts,
  },
);

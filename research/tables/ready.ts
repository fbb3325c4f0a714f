import { oneOf } from "../csv/cells.ts";
import { startColumns } from "./columns/milestone-columns.ts";
import { readyCheck, readyColumns } from "./columns/ready-columns.ts";
import { startCheck } from "./columns/start-check.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const APPLICATIONS = ["shell", "python", "nginx"] as const;

export const readyTable = defineTrialTable(
  "ready",
  "One row per start of an application until it is ready: the milestones are those of startup.csv. In files without ready_ns, entry_acts is the moment of readiness.",
  {
    application: oneOf(
      APPLICATIONS,
      "shell: the output of a shell's echo; python: the first print of python3; nginx: its first answer with a status below 400 to the engine's network; where ready_ns is empty or equal to entry_acts_ns, with status 200 to a request from within the container",
    ),
  },
  { ...startColumns, ...readyColumns },
  { checks: [startCheck, readyCheck] },
);

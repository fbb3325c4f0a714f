import { oneOf } from "../csv/cells.ts";
import { startColumns } from "./columns/milestone-columns.ts";
import { startCheck } from "./columns/start-check.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const APPLICATIONS = ["shell", "python", "nginx"] as const;

export const readyTable = defineTrialTable(
  "ready",
  "One row a start of an application until it is of use: its milestones are those of startup.csv, with entry_acts for the moment at which it is.",
  {
    application: oneOf(
      APPLICATIONS,
      "shell: a shell's echo; python: the first print of python3; nginx: its first answer with status 200, asked for from within the container",
    ),
  },
  startColumns,
  { checks: [startCheck] },
);

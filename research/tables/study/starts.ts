/** study-warm.csv and study-cold.csv. */
import { duration, oneOf, optional } from "../../csv/cells.ts";
import { IMAGE_SIZES } from "../../protocol.ts";
import { startColumns } from "../columns/milestone-columns.ts";
import { SHORTEST_PROCESS_NS, SHORTEST_START_NS } from "../columns/shortest.ts";
import { startCheck } from "../columns/start-check.ts";
import { defineTrialTable } from "../columns/trial-table.ts";

const PARTS = ["entry_acts", "entry_exit", "removed"] as const;

const startsTable = (name: "study-warm" | "study-cold", which: string) =>
  defineTrialTable(
    name,
    `One row per \`docker run --rm IMAGE echo hello\` through the docker command, ${which}: wall_ns is what the published study calls a startup. The milestones are those of startup.csv; the API calls are stamped as they pass on their way from the command to the engine. wall_ns is before_create_ns, the start until entry_acts, and what follows until the command has ended.`,
    {
      image: oneOf(
        IMAGE_SIZES,
        "the image; its reference is in platform.json (with --images paper: alpine, nginx, python:3.11-slim)",
      ),
    },
    {
      wall_ns: optional(duration("from just before the docker command was spawned until its end was seen")),
      before_create_ns: optional(
        duration("from just before the docker command was spawned until its create request passed: time of the command's own"),
      ),
      ...startColumns,
    },
    {
      needs: ["wall_ns", "before_create_ns"],
      positive: ["wall_ns"],
      shortest: { wall_ns: SHORTEST_START_NS, before_create_ns: SHORTEST_PROCESS_NS },
      checks: [
        startCheck,
        ({ wall_ns, before_create_ns }) =>
          wall_ns !== null && before_create_ns !== null && before_create_ns > wall_ns
            ? `before_create_ns ${before_create_ns} is longer than wall_ns ${wall_ns}, of which it is a part`
            : undefined,
        (row) => {
          const { outcome, wall_ns, before_create_ns, entry_exit_ns, removed_ns } = row;
          if (outcome !== "ok" || wall_ns === null) return undefined;
          const error = row.clock_error_ns ?? 0;
          // The command learns of the removal, which it waits for, from an answer that passes here on its way.
          const late = PARTS.find((name) => (before_create_ns ?? 0) + (row[`${name}_ns`] ?? 0) > wall_ns + error);
          if (late !== undefined)
            return `${late} at ${row[`${late}_ns`]} ns is after the docker command has ended: wall_ns ${wall_ns}, before_create_ns ${before_create_ns}`;
          return entry_exit_ns !== null && removed_ns !== null && removed_ns < entry_exit_ns - error
            ? `removed at ${removed_ns} ns is before entry_exit at ${entry_exit_ns} ns`
            : undefined;
        },
      ],
    },
  );

export const studyWarmTable = startsTable("study-warm", "with a warm page cache");
export const studyColdTable = startsTable("study-cold", "each after the page cache was dropped");

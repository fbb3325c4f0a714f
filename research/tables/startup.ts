/** startup.csv. */

import { count, duration, flag, oneOf, optional, since, text, unixTimeNs } from "../csv/cells.ts";
import { trialKeys } from "../csv/keys.ts";
import { MODES, OUTCOMES, PROBES } from "../protocol.ts";
import { defineTable, type Table } from "../table.ts";
import { imageColumn } from "./columns/image-column.ts";
import { actColumns, clockColumns, milestoneColumns } from "./columns/milestone-columns.ts";
import { readyCheck, readyColumns } from "./columns/ready-columns.ts";
import { startCheck } from "./columns/start-check.ts";
import { variantColumn } from "./columns/variant-column.ts";

export const startupTable = defineTable(
  "startup",
  "One row per container start, in the order of execution, failed ones included. All milestones are integer nanoseconds since create_sent; an empty cell was not observed.",
  {
    trial: count("number of the trial in this file, from 1", 1),
    session: count(
      "session (blocks measured in one go, by one connection and one probe) of this platform, from 1; see platform.json",
      1,
    ),
    block: count("block within the session, from 1; warm-up blocks count too", 1),
    warmup: flag("true for the warm-up blocks and for the warming starts after cold ones: recorded, not summarised"),
    image: imageColumn,
    mode: oneOf(MODES, "cold: page cache dropped before the start, which is verified where the engine is on this machine"),
    variant: variantColumn,
    probe: oneOf(PROBES, "where the milestones between start_sent and entry_acts come from"),
    outcome: oneOf(
      OUTCOMES,
      "ok; timeout and failed: the start did not succeed; probe-lost: the kernel dropped trace events, its trace cannot be read, or its clock could not be mapped to the client's",
    ),
    container_id: optional(text("the engine's id of the container", /^[0-9a-f]{64}$/, "64 hexadecimal digits")),
    started_unix_ns: unixTimeNs("wall-clock time of create_sent"),
    gap_ns: optional(
      duration("from the end of the previous trial's teardown to create_sent; empty for the first trial of a session"),
    ),
    ...milestoneColumns,
    ...clockColumns,
    ...actColumns,
    ...readyColumns,
    reason: since(
      2,
      optional(
        text("why the outcome is not ok, or why a cell is empty; empty in older files", /^[^\p{Cc}]+$/u, "one line of text"),
      ),
    ),
  },
  {
    checks: () => [
      trialKeys(() => null),
      ({ create_sent_ns }) => (create_sent_ns === null ? "no create_sent, the origin of all times" : undefined),
      startCheck,
      readyCheck,
    ],
  },
);
/** A condition as people and platform.json name it. */
export const startupCondition = ({ image, mode, variant }: Pick<StartupRow, "image" | "mode" | "variant">): string =>
  variant === null ? `${image} ${mode}` : `${image} ${mode} ${variant}`;

export type StartupRow = typeof startupTable extends Table<infer Row> ? Row : never;

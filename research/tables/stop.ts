import type { Column } from "../csv/cells.ts";
import { count, duration, flag, ns, oneOf, optional } from "../csv/cells.ts";
import { PROBES } from "../protocol.ts";
import { STOP_MILESTONE_NAMES, STOP_MILESTONES, type StopMilestone } from "../stop/milestones.ts";
import type { Nanoseconds } from "../units.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const ENTRYPOINTS = ["handles", "init", "ignores"] as const;

type StopColumns = { readonly [M in StopMilestone as `${M}_ns`]: Column<Nanoseconds | null> };
const milestones = Object.fromEntries(
  STOP_MILESTONE_NAMES.map((name) => [
    `${name}_ns`,
    optional(ns(`${STOP_MILESTONES[name].meaning} (${STOP_MILESTONES[name].probe})`)),
  ]),
) as unknown as StopColumns;

export const stopTable = defineTrialTable(
  "stop",
  "One row per container that is stopped and removed. Times are nanoseconds since stop_sent, the client's POST /containers/{id}/stop.",
  {
    entrypoint: oneOf(
      ENTRYPOINTS,
      "handles: a shell that ends by a handler of SIGTERM; init: sleep below docker's --init; ignores: sleep as the first process, for which the kernel drops SIGTERM, killed after one second",
    ),
  },
  {
    ...milestones,
    signal_ignored: optional(flag("whether the kernel dropped the signal, because its receiver has no handler for it")),
    probe: optional(oneOf(PROBES, "where the milestones that are not the client's come from")),
    clock_error_ns: optional(duration("bound of the error of every time in this row against the client's monotonic clock")),
    lost_events: optional(count("trace events that the kernel dropped during the trial")),
  },
  { needs: ["stop_sent_ns", "stop_done_ns", "removed_ns"] },
);

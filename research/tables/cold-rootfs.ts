import { duration, oneOf, optional } from "../csv/cells.ts";
import { IMAGE_SIZES } from "../protocol.ts";
import { startColumns } from "./columns/milestone-columns.ts";
import { SHORTEST_PROCESS_NS } from "./columns/shortest.ts";
import { startCheck } from "./columns/start-check.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const ROOTFS_MODES = ["warm", "cold-rootfs"] as const;

export const coldRootfsTable = defineTrialTable(
  "cold-rootfs",
  "One row per start before which the image's files, and nothing else, were evicted from the page cache (cold-rootfs), or nothing (warm). Milestones as in startup.csv; compare with its mode cold, which evicts the engine's own programs, too.",
  {
    image: oneOf(
      IMAGE_SIZES,
      "the image; its reference is in platform.json (with --images paper: alpine, nginx, python:3.11-slim)",
    ),
    mode: oneOf(ROOTFS_MODES, "cold-rootfs: no page of the image's files was in memory before the start, as fincore shows"),
  },
  { evict_ns: optional(duration("time taken by the eviction and its check")), ...startColumns },
  {
    // Other programs do it and look whether it is done, one after the other: xargs, and what that runs.
    shortest: { evict_ns: 2 * SHORTEST_PROCESS_NS },
    checks: [
      startCheck,
      ({ mode, outcome, evict_ns }) => {
        if (mode === "warm") return evict_ns === null ? undefined : "evict_ns of a warm start, before which nothing is evicted";
        return outcome === "ok" && evict_ns === null ? "the outcome is ok, without evict_ns" : undefined;
      },
    ],
  },
);

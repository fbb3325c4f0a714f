import { count, duration, oneOf, optional } from "../csv/cells.ts";
import { CLOCKS } from "../protocol.ts";
import { tooShort } from "../table.ts";
import { SHORTEST_CALL_NS } from "./columns/shortest.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const METADATA_STORAGES = ["overlay", "volume", "tmpfs"] as const;

const OPERATIONS = ["create_ns", "stat_ns", "rename_ns", "delete_ns"] as const;
/** Of two stamps of the trace, which has microseconds. */
const STAMP_NS = 2_000;

export const metadataTable = defineTrialTable(
  "metadata",
  "One row per folder in which a container creates empty files, then calls stat on each, renames each and deletes each.",
  { storage: oneOf(METADATA_STORAGES, "where the folder lies; overlay: the container's writable layer") },
  {
    clock: optional(oneOf(CLOCKS, "source of the marks' times: the kernel's trace, or the client when it had read them")),
    files: optional(count("how many files", 1)),
    create_ns: optional(duration("open with O_CREAT and close, of all files")),
    stat_ns: optional(duration("stat of all files")),
    rename_ns: optional(duration("rename of all files within the folder")),
    delete_ns: optional(duration("unlink of all files")),
    empty_ns: optional(duration("between two consecutive marks: what a mark costs")),
  },
  {
    needs: ["clock", "files", "create_ns", "stat_ns", "rename_ns", "delete_ns"],
    checks: [
      // A few may be made within the microsecond of the trace's stamps.
      ({ outcome, clock, files, create_ns }) =>
        outcome === "ok" && clock === "kernel" && files !== null && files >= 10 && create_ns === 0
          ? `the outcome is ok, with create_ns 0 of ${files} files`
          : undefined,
      // The client stamps a mark when it has read it, and may read several that were written long before.
      (row) => {
        if (row.clock !== "kernel") return undefined;
        const least = (row.files ?? 0) * SHORTEST_CALL_NS;
        const short = OPERATIONS.find((name) => (row[name] ?? least) + STAMP_NS < least);
        return row.outcome === "ok" && short ? tooShort(short, row[short] as number, least, "ns") : undefined;
      },
    ],
  },
);

import { count, ns, oneOf, optional } from "../csv/cells.ts";
import { CLOCKS } from "../protocol.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const METADATA_STORAGES = ["overlay", "volume", "tmpfs"] as const;

export const metadataTable = defineTrialTable(
  "metadata",
  "One row a folder in which a container creates empty files, looks at each, renames each and deletes each.",
  { storage: oneOf(METADATA_STORAGES, "where the folder lies; overlay: the container's writable layer") },
  {
    clock: optional(oneOf(CLOCKS, "what stamped the marks: the kernel's trace, or the client when it had read them")),
    files: optional(count("how many files", 1)),
    create_ns: optional(ns("open with O_CREAT and close, of all files")),
    stat_ns: optional(ns("stat of all files")),
    rename_ns: optional(ns("rename of all files within the folder")),
    delete_ns: optional(ns("unlink of all files")),
    empty_ns: optional(ns("between two marks with nothing between them: what a mark costs")),
  },
);

import { bytes, duration, oneOf, optional } from "../csv/cells.ts";
import { CLOCKS } from "../protocol.ts";
import { tooShort } from "../table.ts";
import { FASTEST_BYTES_A_NS } from "./columns/shortest.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const WRITE_STORAGES = ["overlay", "volume", "bind", "tmpfs"] as const;
export const WRITE_MODES = ["buffered", "fsync", "direct"] as const;

const PIECE_BYTES = 2 ** 20;

export const writeTable = defineTrialTable(
  "write",
  "One row per new file that a container writes in pieces of 1 MiB.",
  {
    storage: oneOf(
      WRITE_STORAGES,
      "overlay: the container's writable layer; bind: a folder of the host, on the same disk as the volumes",
    ),
    mode: oneOf(WRITE_MODES, "buffered: into the page cache; fsync: the same, then flushed to disk; direct: O_DIRECT"),
  },
  {
    clock: optional(oneOf(CLOCKS, "source of the marks' times: the kernel's trace, or the client when it had read them")),
    bytes: optional(bytes("bytes written")),
    write_ns: optional(duration("from before the first write until the last has returned, or fsync where it is called")),
    empty_ns: optional(duration("between two consecutive marks: what a mark costs")),
  },
  {
    needs: ["clock", "bytes", "write_ns"],
    positive: ["bytes", "write_ns"],
    checks: [
      ({ outcome, bytes }) =>
        outcome === "ok" && bytes !== null && bytes < PIECE_BYTES
          ? {
              ...{ column: "bytes", value: `${bytes}`, expected: `${PIECE_BYTES} bytes or more` },
              why: "the file is written in pieces of 1 MiB; is it in another unit?",
            }
          : undefined,
      // The client may read two marks at almost the same time, however long ago they were written.
      ({ outcome, clock, bytes, write_ns }) =>
        outcome === "ok" && clock === "kernel" && bytes !== null && write_ns !== null && bytes > write_ns * FASTEST_BYTES_A_NS
          ? tooShort("write_ns", write_ns, Math.ceil(bytes / FASTEST_BYTES_A_NS), "ns")
          : undefined,
    ],
  },
);

import { bytes, duration, oneOf, optional } from "../csv/cells.ts";
import { CLOCKS } from "../protocol.ts";
import { tooShort } from "../table.ts";
import { SHORTEST_CALL_NS } from "./columns/shortest.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

/** Open, write and close; some storage drivers copy nothing. */
const SHORTEST_WRITE_NS = 3 * SHORTEST_CALL_NS;

export const COPY_UP_STORAGES = ["layer", "volume"] as const;
export const COPY_UP_SIZES = [1_000_000, 10_000_000, 100_000_000] as const;

export const copyUpTable = defineTrialTable(
  "copy-up",
  "One row per existing file, into which a container writes one byte, twice. In a lower layer of the image the first write must copy the file up; on a volume nothing is copied.",
  {
    storage: oneOf(COPY_UP_STORAGES, "where the file lies: in a lower layer of the image, or on a volume of its own"),
    file_bytes: bytes("size of the file", 1),
  },
  {
    clock: optional(oneOf(CLOCKS, "source of the marks' times: the kernel's trace, or the client when it had read them")),
    first_write_ns: optional(duration("from before the file is opened for writing until one byte is written, the first time")),
    second_write_ns: optional(duration("the same write again to the same file: the control")),
    empty_ns: optional(duration("between two consecutive marks: what a mark costs")),
  },
  {
    needs: ["clock", "first_write_ns", "second_write_ns"],
    checks: [
      ({ outcome, clock, storage, first_write_ns }) =>
        outcome === "ok" && clock === "kernel" && storage === "layer" && first_write_ns === 0
          ? "the outcome is ok, with first_write_ns 0 of a file that is copied up"
          : undefined,
      // The client may read two marks at almost the same time.
      ({ outcome, clock, storage, first_write_ns }) =>
        outcome === "ok" &&
        clock === "kernel" &&
        storage === "layer" &&
        first_write_ns !== null &&
        first_write_ns < SHORTEST_WRITE_NS
          ? tooShort("first_write_ns", first_write_ns, SHORTEST_WRITE_NS, "ns")
          : undefined,
    ],
  },
);

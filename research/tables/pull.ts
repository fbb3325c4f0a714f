import { bytes, duration, oneOf, optional, text } from "../csv/cells.ts";
import { IMAGE_SIZES } from "../protocol.ts";
import { type Check, tooShort } from "../table.ts";
import { milliseconds, type Nanoseconds } from "../units.ts";
import { FASTEST_BYTES_A_NS, FASTEST_HASHED_BYTES_A_NS, SHORTEST_PROCESS_NS, SHORTEST_START_NS } from "./columns/shortest.ts";
import { defineTrialTable, isSameTrial, type TrialPlace } from "./columns/trial-table.ts";

/** A layer is there before it is verified, and verified before it is extracted. */
const ORDER = ["download_begin_ns", "verify_begin_ns", "download_done_ns", "extract_begin_ns", "pulled_ns"] as const;

export const pullTable = defineTrialTable(
  "pull",
  "A pull of an image none of whose layers the engine has, from a registry beside it or the one that its session names in platform.json: one row for the whole pull, then one for each layer. Times are offsets from the request, taken when the client read the message; an empty cell was not announced.",
  {
    image: oneOf(
      IMAGE_SIZES,
      "the image whose files are in the lowest layer; two more layers have 10 MB and 1 MB of random bytes",
    ),
  },
  {
    layer: optional(
      text("the first digits of the layer's digest; empty for the whole pull", /^[0-9a-f]{12}$/, "12 hexadecimal digits"),
    ),
    bytes: optional(bytes("compressed bytes, as announced; for the whole pull the sum over its layers", 1)),
    download_begin_ns: optional(duration("first announcement of a download of the layer")),
    verify_begin_ns: optional(duration("all bytes have arrived and the digest is verified")),
    download_done_ns: optional(duration("downloaded and verified")),
    extract_begin_ns: optional(duration("first announcement of the layer's extraction, which waits for the layers below")),
    pulled_ns: optional(duration("the layer is complete; for the whole pull: the response has ended")),
  },
  {
    part: ["layer"],
    // Where a layer's bytes were not announced, so are not those of the whole.
    isWhole: ([whole, ...layers]) =>
      whole === undefined ||
      whole.bytes === "" ||
      layers.reduce((sum, { bytes }) => sum + Number(bytes), 0) === Number(whole.bytes),
    // Each is announced by the engine, after the registry has answered it.
    shortest: {
      download_begin_ns: SHORTEST_PROCESS_NS,
      verify_begin_ns: SHORTEST_PROCESS_NS,
      download_done_ns: SHORTEST_PROCESS_NS,
      extract_begin_ns: SHORTEST_PROCESS_NS,
      pulled_ns: SHORTEST_PROCESS_NS,
    },
    longest: milliseconds(86_400_000), // a slow network takes long, but no pull was waited for a day
    checks: [
      ({ outcome, bytes, pulled_ns }) =>
        outcome === "ok" && bytes !== null && pulled_ns && bytes > pulled_ns * FASTEST_BYTES_A_NS
          ? tooShort("pulled_ns", pulled_ns, Math.ceil(bytes / FASTEST_BYTES_A_NS), "ns")
          : undefined,
      (row) => {
        const column = row.download_done_ns === null ? "pulled_ns" : "download_done_ns";
        const time = row[column];
        if (row.outcome !== "ok" || row.layer === null || row.bytes === null || time === null) return undefined;
        const least = Math.ceil(row.bytes / FASTEST_HASHED_BYTES_A_NS);
        return time < least ? tooShort(column, time, least, "ns") : undefined;
      },
      (row) => {
        const times = ORDER.flatMap((name) => (row[name] === null ? [] : [{ name, time: row[name] }]));
        const index = times.findIndex(({ time }, at) => at > 0 && time < (times[at - 1]?.time ?? 0));
        const [before, early] = [times[index - 1], times[index]];
        return early && before && `${early.name} ${early.time} is before ${before.name} ${before.time}`;
      },
      ({ layer, outcome, pulled_ns }) =>
        outcome === "ok" && layer === null && pulled_ns === null
          ? "the outcome is ok, without pulled_ns of the whole pull"
          : undefined,
      ({ layer, outcome, pulled_ns }) =>
        outcome === "ok" && layer === null && pulled_ns === 0
          ? "the outcome is ok, with pulled_ns 0 of the whole pull"
          : undefined,
      ({ layer, outcome, pulled_ns }) =>
        outcome === "ok" && layer === null && pulled_ns !== null && pulled_ns < SHORTEST_START_NS
          ? tooShort("pulled_ns", pulled_ns, SHORTEST_START_NS, "ns")
          : undefined,
    ],
    acrossRows: layersWithinPull,
  },
);

interface Pulled extends TrialPlace {
  readonly layer: string | null;
  readonly bytes: number | null;
  readonly pulled_ns: Nanoseconds | null;
}

/** The row of the whole pull comes first. */
function layersWithinPull(): Check<Pulled> {
  let whole: Pulled | undefined;
  let left = 0;
  return (row) => {
    if (row.layer === null) [whole, left] = [row, row.bytes ?? Number.POSITIVE_INFINITY];
    const isIn = whole !== undefined && isSameTrial(row, whole);
    if (isIn && row.layer !== null) left -= row.bytes ?? 0;
    if (isIn && left < 0)
      return `bytes ${row.bytes} of layer ${row.layer} are more than the whole pull has left of its ${whole?.bytes}`;
    const end = isIn ? (whole?.pulled_ns ?? null) : null;
    return end !== null && row.pulled_ns !== null && row.pulled_ns > end
      ? `pulled_ns ${row.pulled_ns} of layer ${row.layer} is after the whole pull has ended at ${end} ns`
      : undefined;
  };
}

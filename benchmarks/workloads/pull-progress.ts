/** The messages of a pull → when each layer was downloaded, verified and extracted. */
import type { pullTable } from "../../research/tables/pull.ts";
import { type ClockNs, elapsedNs, type Nanoseconds } from "../../research/units.ts";
import type { PullMessage } from "../design/ports.ts";

type Row = typeof pullTable.unmeasured;
type Step = Extract<keyof Row, `${string}_ns`>;

/** The first message of each kind counts (`pkg/jsonmessage` and `distribution/xfer` of the engine send them). */
const STEPS: Readonly<Record<string, Step>> = {
  Downloading: "download_begin_ns",
  "Verifying Checksum": "verify_begin_ns",
  "Download complete": "download_done_ns",
  Extracting: "extract_begin_ns",
  "Pull complete": "pulled_ns",
};

/** Up to the first digits of a digest: other messages carry a tag. */
const LAYER = /^[0-9a-f]{12}$/;

/**
 * @param requested when the pull was asked for
 * @returns a row for each layer, in the order in which they were announced
 */
export function layerRows(messages: readonly PullMessage[], requested: ClockNs): Row[] {
  const layers = new Map<string, { -readonly [K in keyof Row]: Row[K] }>();
  for (const { at, id, status, total } of messages) {
    if (id === undefined || !LAYER.test(id)) continue;
    const layer = layers.get(id) ?? { ...NOTHING, layer: id };
    layers.set(id, layer);
    if (status === "Already exists") throw new Error(`layer ${id} was present already: the pull was not cold`);
    const step = STEPS[status];
    if (step !== undefined) layer[step] ??= elapsedNs(requested, at) satisfies Nanoseconds;
    // Of a download that broke off and was gone on with, the engine announces what is left.
    if (status === "Downloading" && total !== undefined) layer.bytes = Math.max(layer.bytes ?? 0, total);
  }
  return [...layers.values()];
}

/** Of all layers; `null` where that of one was not announced, or no layer was. */
export const bytesOf = (layers: readonly Pick<Row, "bytes">[]): number | null =>
  layers.length === 0 || layers.some(({ bytes }) => bytes === null)
    ? null
    : layers.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

const NOTHING: Row = {
  layer: null,
  bytes: null,
  download_begin_ns: null,
  verify_begin_ns: null,
  download_done_ns: null,
  extract_begin_ns: null,
  pulled_ns: null,
};

import { describe, expect, test } from "vitest";
import { pullTable } from "../../research/tables/pull.ts";
import { unixNs } from "../../research/units.ts";
import { session } from "../testing/rows.ts";
import { rowChecker } from "./check-rows.ts";

const IMAGE = { name: "busybox", reference: "tierbench/busybox", digest: `sha256:${"0".repeat(64)}`, size_bytes: 2_000_000 };
const SESSION = session({
  images: [IMAGE],
  experiments: [
    {
      ...{ name: "pull", conditions: ["small"], iterations: 9, warmup_blocks: 0 },
      images: [{ name: "busybox", digest: `sha256:${"0".repeat(64)}`, conditions: ["small"] }],
    },
  ],
});
const STARTED = unixNs(BigInt(Date.parse("2026-01-02T03:10:00.000Z")) * 1_000_000n);

/** @param pulls each with the bytes of the whole and of its layers */
function said(...pulls: readonly (readonly [whole: number | null, ...layers: (number | null)[]])[]): (string | null)[][] {
  const checker = rowChecker(pullTable, [SESSION], "pull.csv");
  let line = 1;
  for (const [index, [whole, ...layers]] of pulls.entries())
    for (const [place, bytes] of [whole, ...layers].entries()) {
      line += 1;
      const layer = place === 0 ? null : `${place}`.padStart(12, "0");
      const where = { trial: index + 1, session: 1, block: index + 1, warmup: false, image: "small" as const };
      const row = { ...pullTable.unmeasured, ...where, outcome: "ok" as const, container_id: null, started_unix_ns: STARTED };
      checker.add({ ...row, layer, bytes, reason: null }, line);
    }
  return checker.end().problems.map(({ line: at, value, what }) => [`${at}`, value, what]);
}

const THOSE_OF_ITS_LAYERS = "the bytes of a pull are those of its layers; is one of them missing?";

describe("the bytes of a pull", () => {
  test("are those of its layers, so that no row is missing", () => {
    expect(said([30, 10, 20], [30, 10, 20])).toEqual([]);
    expect(said([30, 10, 20], [30, 10])).toEqual([["5", "30", THOSE_OF_ITS_LAYERS]]);
    expect(said([30, 10, 20], [30_000, 10, 20])).toEqual([["5", "30000", THOSE_OF_ITS_LAYERS]]);
    expect(said([null, 10, 20])).toEqual([["2", "", THOSE_OF_ITS_LAYERS]]);
    expect(said([30, 10, null])).toEqual([["2", "30", THOSE_OF_ITS_LAYERS]]);
  });

  test("are unknown where the engine did not announce them, and so is how many layers there are", () => {
    expect(said([30, 10, 20], [null, 10, null])).toEqual([]);
    expect(said([30, 10, 20], [null, null], [null])).toEqual([]);
    // Of another build of the image.
    expect(said([30, 10, 20], [60, 10, 20, 30])).toEqual([]);
  });

  test("are the same of a layer whenever it is pulled", () => {
    expect(said([30, 10, 20], [20_010, 10, 20_000])).toEqual([["7", "20000", "layer 000000000002 had other bytes before"]]);
  });

  test("are no more than its image has, twice over and a billion", () => {
    expect(said([1_004_000_000, 1_004_000_000])).toEqual([]);
    expect(said([12e9, 12e9])).toEqual([["2", "12000000000", "it is more than the image has, as platform.json describes it"]]);
  });
});

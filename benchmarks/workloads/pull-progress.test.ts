import { describe, expect, it } from "vitest";
import { clockNs } from "../../research/units.ts";
import type { PullMessage } from "../design/ports.ts";
import { bytesOf, layerRows } from "./pull-progress.ts";

const [base, top] = ["c8175abe039b", "b4e124426e7a"];
const message = (at: number, id: string | undefined, status: string, total?: number): PullMessage => ({
  at: clockNs(BigInt(at)),
  id,
  status,
  total,
});

describe("layerRows", () => {
  it("takes the first message of each step, and leaves empty what was not announced", () => {
    const rows = layerRows(
      [
        message(100, "1", "Pulling from tierbench/pull-large"),
        message(101, base, "Pulling fs layer"),
        message(101, top, "Pulling fs layer"),
        message(110, base, "Downloading", 500),
        message(112, top, "Download complete"),
        message(120, base, "Downloading", 500),
        message(130, base, "Verifying Checksum"),
        message(131, base, "Download complete"),
        message(140, base, "Extracting", 900),
        message(150, base, "Extracting", 900),
        message(160, base, "Pull complete"),
        message(161, top, "Extracting", 20),
        message(165, top, "Pull complete"),
        message(166, undefined, "Status: Downloaded newer image"),
      ],
      clockNs(100n),
    );
    expect(rows).toEqual([
      {
        layer: base,
        bytes: 500,
        download_begin_ns: 10,
        verify_begin_ns: 30,
        download_done_ns: 31,
        extract_begin_ns: 40,
        pulled_ns: 60,
      },
      {
        layer: top,
        bytes: null,
        download_begin_ns: null,
        verify_begin_ns: null,
        download_done_ns: 12,
        extract_begin_ns: 61,
        pulled_ns: 65,
      },
    ]);
  });

  it("has the bytes of the whole layer, where a download was gone on with", () => {
    const rows = layerRows(
      [
        message(110, base, "Downloading", 500),
        message(115, base, "Retrying in 1 second"),
        message(120, base, "Downloading", 200),
        message(130, base, "Download complete"),
      ],
      clockNs(100n),
    );
    expect(rows).toMatchObject([{ layer: base, bytes: 500, download_begin_ns: 10 }]);
  });

  it("refuses a pull of which something was there", () => {
    expect(() => layerRows([message(1, base, "Already exists")], clockNs(0n))).toThrow("was present already");
  });
});

describe("bytesOf", () => {
  it("is the sum over the layers, where the engine announced them all", () => {
    expect(bytesOf([{ bytes: 500 }, { bytes: 20 }])).toBe(520);
    expect(bytesOf([{ bytes: 500 }, { bytes: null }])).toBeNull();
    // A pull of no bytes would be refused when it is read.
    expect(bytesOf([])).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { nanoseconds } from "../../../research/units.ts";
import { REMEDIES } from "../../../research/why/remedies.ts";
import type { ExplainedStart } from "../why/explained-start.ts";
import { gainOf } from "./gain.ts";
import type { Block } from "./observe-in-turns.ts";
import { NOT_TRIED, TRIALS } from "./trials.ts";

const start = (disk_ms: number, cpu_ms: number): ExplainedStart => ({
  total_ns: Math.round((disk_ms + cpu_ms) * 1e6),
  causes: [
    { cause: "disk", program: "dockerd", place: "fsync", phase: "create_api", ns: nanoseconds(Math.round(disk_ms * 1e6)) },
    { cause: "cpu", program: "dockerd", place: null, phase: "create_api", ns: nanoseconds(Math.round(cpu_ms * 1e6)) },
  ],
});

/** By which the mended starts differ, in ms: as often less as more. */
const NOISE = [0, 0.5, -0.5, 0.3, -0.3, 0.1, -0.1, 0.4, -0.4, 0];

/** @param mended what is left of a start of 20 ms of disk and 80 ms of CPU */
const gain = (mended: { readonly disk: number; readonly cpu: number }, noise = 1) =>
  gainOf(
    { states: ["usual", "memory"], predicts: ({ cause }) => cause === "disk" },
    NOISE.map(
      (of_ms, block): Block =>
        new Map([
          ["usual", start(20 + ((3 * block) % 10) / 10, 80)],
          ["memory", start(mended.disk, mended.cpu + noise * of_ms)],
        ]),
    ),
  );

describe("a remedy that takes away 20 of 100 ms", () => {
  it("agrees with what the cause predicted", () => {
    const { predicted, there, found, verdict } = gain({ disk: 0, cpu: 80 });
    expect(predicted.ms).toBeCloseTo(20.45, 1);
    expect(there.ms).toBeCloseTo(20.45, 1);
    expect(found.ms).toBeCloseTo(20.45, 0);
    expect(verdict).toBe("agrees");
  });

  it("saves less where half of the wait stays, and more where other time goes, too", () => {
    expect(gain({ disk: 10, cpu: 80 }).verdict).toBe("saves less");
    expect(gain({ disk: 0, cpu: 70 }).verdict).toBe("saves more");
  });

  it("cannot tell where starts differ by more than it saves", () => {
    expect(gain({ disk: 0, cpu: 80 }, 140).verdict).toBe("cannot tell");
  });
});

it("every remedy of the product is tried, or it is said why not", () => {
  const told = new Set([...TRIALS.map(({ remedy }) => remedy), ...Object.keys(NOT_TRIED)]);
  expect([...told].sort()).toEqual(REMEDIES.map(({ name }) => name).sort());
});

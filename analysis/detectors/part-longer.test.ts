import { describe, expect, test } from "vitest";
import type { Measurement } from "../subjects/measurement.ts";
import { measurement, scattered } from "../testing/measurement.ts";
import { partLonger } from "./part-longer.ts";

const of = (experiment: string, metric: string, factors: Record<string, string>, median: number): Measurement =>
  measurement(scattered(Math.round(median * 10), 50, median, median / 10), {
    ...({ experiment, metric, factors, condition: Object.values(factors).join(" ") } as Partial<Measurement>),
  });
const rungs = (times: Readonly<Record<string, number>>) =>
  Object.entries(times).map(([rung, median]) => of("ladder", "to_first_byte_ms", { rung }, median));
const namespaces = (times: Readonly<Record<string, number>>) =>
  Object.entries(times).map(([namespace, median]) => of("namespaces", "clone_us", { namespace }, median));
const copyUp = (storage: string, first: number, second: number) => [
  of("copy-up", "first_write_ms", { storage, file: "100 MB" }, first),
  of("copy-up", "second_write_ms", { storage, file: "100 MB" }, second),
];
const said = (measurements: readonly Measurement[]) => partLonger(measurements).map(({ condition }) => condition);

describe("a part that takes longer than the whole", () => {
  test("a process beside a container that executes it, and beside one in namespaces", () => {
    expect(said(rungs({ exec: 190, unshare: 3.2, runc: 26, cli: 1.7 }))).toEqual(["exec, unshare"]);
    expect(said(rungs({ exec: 3.2, unshare: 1.7 }))).toEqual(["exec"]);
  });

  test("no namespace beside one, one beside all", () => {
    expect(said(namespaces({ none: 290, mnt: 190, all: 720 }))).toEqual(["none"]);
    expect(said(namespaces({ none: 720, mnt: 290, all: 190 }))).toEqual(["none, mnt"]);
  });

  test("the second write beside the first", () => {
    expect(partLonger(copyUp("layer", 0.1, 78))).toMatchObject([
      {
        detector: "part-longer",
        severity: "caution",
        experiment: "copy-up",
        metric: "second_write_ms",
        condition: "layer 100 MB",
      },
    ]);
  });
});

describe("no part, or no longer", () => {
  test.each([
    ["as it is", [...rungs({ exec: 1.7, unshare: 3.2, runc: 26, cli: 190 }), ...namespaces({ none: 190, mnt: 290, all: 720 })]],
    ["copied up", copyUp("layer", 78, 0.1)],
    ["a storage driver that copies nothing", copyUp("layer", 0.1, 0.1)],
    ["nothing is copied on a volume", copyUp("volume", 0.1, 1)],
    ["namespaces that cost nothing", namespaces({ none: 190, uts: 190, all: 190 })],
    ["an engine with another runtime, a command of another engine", rungs({ runc: 60, crun: 5, api: 50, cli: 30 })],
    ["too few trials", copyUp("layer", 0.1, 78).map((each) => ({ ...each, values: each.values.slice(0, 3) }))],
    ["nothing measured", copyUp("layer", 0.1, 78).map((each) => ({ ...each, values: [] }))],
    ["a clock too coarse to tell", copyUp("layer", 0.1, 78).map((each) => ({ ...each, values: each.values.map(() => 0) }))],
  ])("%s", (_, measurements) => {
    expect(partLonger(measurements)).toEqual([]);
  });
});

/** What our tables make of the study's files. */
import { expect, test } from "vitest";
import type { Session } from "../../../research/manifest.ts";
import { type StudyDimension, studyDimensionsTable } from "../../../research/tables/study/dimensions.ts";
import { studyColdTable, studyWarmTable } from "../../../research/tables/study/starts.ts";
import { nanoseconds, unixNs } from "../../../research/units.ts";
import { session } from "../../testing/rows.ts";
import { machineFacts } from "../platform-notes.ts";
import { V3_FILES } from "../v3-files.ts";
import { studyTexts } from "./as-study.ts";
import { notesOf } from "./notes.ts";

const row = (trial: number, image: "small" | "medium", wall_ns: number | null, warmup = false) => ({
  ...{ trial, session: 1, block: trial, warmup, image, container_id: null, started_unix_ns: unixNs(0n), reason: null },
  ...studyWarmTable.unmeasured,
  outcome: wall_ns === null ? ("failed" as const) : ("ok" as const),
  wall_ns: wall_ns === null ? null : nanoseconds(wall_ns),
});
const images = [{ name: "alpine", digest: "sha256:0", conditions: ["small"] }];
const described = session({
  experiments: [{ name: "study-warm", conditions: ["small", "medium"], iterations: 2, warmup_blocks: 1, images }],
} as Partial<Session>);

test("rows become those of the study's script: its names, its numbering, two decimals cut off, N/A where nothing was measured", () => {
  const texts = studyTexts(
    {
      "study-warm": [row(1, "small", 1, true), row(2, "medium", 5e8), row(3, "small", 580_839_999), row(4, "small", null)],
      "study-cold": [row(1, "small", 9e8)],
    } as Parameters<typeof studyTexts>[0],
    [described],
  );
  const text = "iteration,image,mode,startup_ms\n1,medium,warm,500\n1,alpine,warm,580.83\n2,alpine,warm,N/A\n1,small,cold,900\n";
  expect([...texts]).toEqual([["01-startup-latency.csv", text]]);
  expect(V3_FILES[0]?.read([text], "x").measurements.map(({ condition, values }) => [condition, values])).toEqual([
    ["medium warm", [500]],
    ["alpine warm", [580.83]],
    ["small cold", [900]],
  ]);
  expect(studyTexts({ "study-warm": [], "study-cold": studyColdTable.parse(studyColdTable.header, "x") }, []).size).toBe(0);
});

test("notes are read as the study's own", () => {
  const facts = {
    system: "Debian 12",
    processor: "2 × A processor",
    engine: "20.10.24",
    "storage driver": "overlay2",
    kernel: "6.1",
  };
  expect(machineFacts(notesOf("here", "2026-02-15T00:48:41.123Z", facts))).toEqual({
    ...{ ...facts, processor: "A processor", "processor cores": "2" },
  });
});

test("what the study's other commands print becomes its numbers, with the unit that its script cut off", () => {
  const dimension = (trial: number, name: StudyDimension, subject: string, cells: object) => ({
    ...{ trial, session: 1, block: 1, warmup: false, dimension: name, subject, outcome: "ok" as const },
    ...{ container_id: null, started_unix_ns: unixNs(0n), reason: null, ...studyDimensionsTable.unmeasured, ...cells },
  });
  const texts = studyTexts(
    {
      "study-dimensions": [
        dimension(1, "copy-up", "100", { wall_ns: 1_360_189_999, baseline_ns: 300_000_000 }),
        dimension(2, "copy-up", "100", { wall_ns: 290_000_000, baseline_ns: 300_000_000 }),
        dimension(3, "cpu-throttling", "50.00", { printed: "602", baseline_printed: "1000" }),
        dimension(4, "write", "overlayfs", { printed: "268435456 bytes (256.0MB) copied, 0.2 seconds, 1.1GB/s" }),
        dimension(5, "write", "volume", { printed: "268435456 bytes (268 MB, 256 MiB) copied, 0.3 s, 895 MB/s" }),
        dimension(6, "write", "overlayfs", { printed: "256+0 records out" }),
        dimension(7, "metadata", "volume", { wall_ns: 330_001_000, baseline_ns: 300_000_000 }),
        dimension(8, "namespaces", "namespace_create", { wall_ns: 7_559_000 }),
        dimension(9, "network", "host", { printed: "round-trip min/avg/max = 2.034/2.094/2.214 ms" }),
        dimension(10, "network", "bridge", { printed: "rtt min/avg/max/mdev = 0.1/0.2/0.3/0.01 ms" }),
        dimension(11, "memory", "3", { printed: "3.2MiB / 7.7GiB; 3.25MiB / 7.7GiB; 512KiB / 7.7GiB" }),
      ] as never,
    },
    [],
  );
  expect([...texts].map(([file, text]) => [file, ...text.trimEnd().split("\n").slice(1)])).toEqual([
    ["02-copyup-overhead.csv", "1,100,1060.18", "2,100,0"],
    ["03-cpu-throttling.csv", "1,50,60.2,10.2"],
    ["04-write-performance.csv", "1,overlayfs,1126.4", "1,volume,895", "2,overlayfs,N/A"],
    ["05-metadata-operations.csv", "1,volume,500,30"],
    ["07-namespace-overhead.csv", "1,namespace_create,7.55"],
    ["08-network-latency.csv", "1,host,2.094", "1,bridge,0.2"],
    ["09-memory-efficiency.csv", "1,3,2.31,6.95"],
  ]);
  // And the strict reader of the study's files takes them.
  for (const [file, text] of texts) V3_FILES.find((each) => each.file === file)?.read([text], file);
});

import { describe, expect, test } from "vitest";
import type { ExperimentName } from "../../research/protocol.ts";
import { burstTable } from "../../research/tables/burst.ts";
import { copyUpTable } from "../../research/tables/copy-up.ts";
import { cpuThrottlingTable } from "../../research/tables/cpu-throttling.ts";
import { ladderTable, type Rung } from "../../research/tables/ladder.ts";
import { memoryTable, type POPULATIONS } from "../../research/tables/memory.ts";
import { networkTargetTable } from "../../research/tables/network-target.ts";
import { pullTable } from "../../research/tables/pull.ts";
import { nanoseconds, unixNs } from "../../research/units.ts";
import { scaled, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { MEASURED_TABLES } from "./measured-tables.ts";
import { blockKey } from "./measurement.ts";

const place = (trial: number, session = 1, warmup = false) => ({
  ...{ trial, session, block: trial, warmup, outcome: "ok" as const, container_id: null, reason: null },
  started_unix_ns: unixNs(1_790_000_000_000_000_000n),
});
const content = (name: ExperimentName, csv: string) => MEASURED_TABLES[name].read([csv], `${name}.csv`, []);
const read = (name: ExperimentName, csv: string) => content(name, csv).measurements;

describe("tables of experiments", () => {
  const row = (trial: number, file_bytes: number, first: number | null, fields: object = {}) => ({
    ...place(trial),
    ...{ storage: "layer" as const, file_bytes, clock: "kernel" as const },
    first_write_ns: first === null ? null : nanoseconds(first),
    ...{ second_write_ns: nanoseconds(10_000), empty_ns: null },
    ...fields,
  });
  const csv =
    copyUpTable.header +
    [
      row(1, 100_000_000, 90e6, { warmup: true }),
      row(2, 100_000_000, 80e6),
      row(3, 1_000_000, 10e6),
      row(4, 100_000_000, null, { reason: "marks were read together" }),
      row(5, 100_000_000, 85e6, { outcome: "failed", reason: "it went wrong" }),
      row(6, 100_000_000, 81e6, { session: 2 }),
    ]
      .map((each) => copyUpTable.formatRow(each))
      .join("");

  test("give metrics in their units, by condition, without warm-ups and failures, which are counted", () => {
    const measurements = read("copy-up", csv);
    expect(measurements.map(({ condition, metric }) => `${condition} ${metric}`)).toEqual([
      "layer 1 MB first_write_ms",
      "layer 1 MB second_write_ms",
      "layer 100 MB first_write_ms",
      "layer 100 MB second_write_ms",
    ]);
    expect(measurements[2]).toEqual({
      ...{ experiment: "copy-up", factors: { storage: "layer", file: "100 MB" }, condition: "layer 100 MB" },
      ...{ metric: "first_write_ms", unit: "ms", better: "lower", values: [80, 81], trials: 4 },
      ...{ blocks: [blockKey(1, 2), blockKey(2, 6)], rows: [2, 6] },
    });
  });

  test("say how their conditions were measured and what came of their rows", () => {
    const { conditions, census, apart } = content("copy-up", csv);
    expect(conditions.map(({ condition, context, outcomes }) => [condition, context, outcomes.ok, outcomes.failed])).toEqual([
      ["layer 1 MB", { clock: "kernel" }, 1, 0],
      ["layer 100 MB", { clock: "kernel" }, 3, 1],
    ]);
    expect([census.rows, census.warmups, apart]).toEqual([6, 1, []]);
  });

  test("have no metric where there is nothing to measure, and none of a missing part", () => {
    const trial = (cpu_limit: "0.5" | "none", part: object) =>
      cpuThrottlingTable.formatRow({
        ...place(cpu_limit === "none" ? 2 : 1),
        ...{ cpu_limit, usage_ns: nanoseconds(1e9), wall_ns: nanoseconds(2e9), wall_error_ns: nanoseconds(1e5) },
        ...{ periods: 20, throttled_periods: 15, throttled_ns: nanoseconds(1e9) },
        ...part,
      });
    const none = { periods: null, throttled_periods: null, throttled_ns: null, wall_ns: null, reason: "not read" };
    const measurements = read("cpu-throttling", cpuThrottlingTable.header + trial("0.5", {}) + trial("none", none));
    expect(measurements.map(({ condition, metric, values }) => [condition, metric, values])).toEqual([
      ["0.5", "cpus", [0.5]],
      ["0.5", "throttled_pct", [75]],
      ["none", "cpus", []],
    ]);
  });

  test("of several starts a trial have a value for each, and one for the trial", () => {
    const start = (trial: number, number: number, late_ms: number, acts_ms: number, fields: object = {}) => {
      const { container_id: _, ...common } = place(trial);
      const started_unix_ns = unixNs(common.started_unix_ns + BigInt(late_ms * 1e6));
      return burstTable.formatRow({
        ...(startupRow({ offsets_ms: scaled(WHOLE_START_MS, acts_ms / 100) }) as object),
        ...common,
        ...{ started_unix_ns, container_id: null, size: 2, start: number, late_ns: nanoseconds(late_ms * 1e6), reason: null },
        ...fields,
      } as Parameters<typeof burstTable.formatRow>[0]);
    };
    const csv = [start(1, 1, 0, 100), start(1, 2, 50, 150), start(2, 1, 0, 400), start(2, 2, 0, 200, { outcome: "failed" })];
    const measurements = read("burst", burstTable.header + csv.join(""));
    const of = (name: string) => measurements.find(({ metric }) => metric === name);
    expect(of("since_intended_ms")).toMatchObject({ condition: "2", values: [100, 200, 400], trials: 4, rows: [1, 2, 3] });
    expect(of("daemon_ms")?.values).toEqual([40, 60, 160]);
    // Two starts in the 200 ms until the later one acted; in the other trial one failed.
    expect(of("throughput")).toMatchObject({ values: [10], trials: 2, better: "higher" });
  });

  test("of a pull have its time, and sums over its layers", () => {
    const cells = ["download_begin_ns", "verify_begin_ns", "download_done_ns", "extract_begin_ns", "pulled_ns"] as const;
    const row = (trial: number, layer: string | null, times_ms: readonly (number | null)[]) => {
      const times = Object.fromEntries(
        cells.map((cell, index) => [cell, times_ms[index] == null ? null : nanoseconds((times_ms[index] as number) * 1e6)]),
      );
      return pullTable.formatRow({
        ...place(trial),
        image: "small",
        layer,
        bytes: layer === null ? 2 : 1,
        ...times,
      } as Parameters<typeof pullTable.formatRow>[0]);
    };
    const whole = [null, null, null, null, 500];
    const csv = [
      row(1, null, whole),
      row(1, "aaaaaaaaaaaa", [10, 60, 65, 70, 170]),
      row(1, "bbbbbbbbbbbb", [10, 30, 31, 170, 200]),
      row(2, null, whole),
      row(2, "aaaaaaaaaaaa", [10, null, 65, 70, 170]),
    ];
    const values = read("pull", pullTable.header + csv.join("")).map(({ metric, values }) => [metric, values]);
    expect(values).toEqual([
      ["pull_ms", [500, 500]],
      ["download_ms", [70]],
      ["verify_ms", [6]],
      ["extract_ms", [130, 100]],
    ]);
  });

  test("are in an order that does not depend on chance, where numbers and words mix", () => {
    const conditions = (populations: readonly (typeof POPULATIONS)[number][]) => {
      const bytes = { rss_bytes: 100_000, pss_bytes: 51_200, cgroup_file_bytes: 1, cgroup_anon_bytes: 1 };
      const rows = populations.map((population, index) =>
        memoryTable.formatRow({ ...place(index + 1), population, containers: Number.parseInt(population, 10), ...bytes }),
      );
      return [...new Set(read("memory", memoryTable.header + rows.join("")).map(({ condition }) => condition))];
    };
    expect(conditions(["3 images", "3", "1", "10"])).toEqual(["1", "3", "3 images", "10"]);
    expect(conditions(["3", "10", "3 images", "1"])).toEqual(["1", "3", "3 images", "10"]);
  });

  test("of round trips to a host keep hosts apart", () => {
    const row = (trial: number, target: string, median: number) =>
      networkTargetTable.formatRow({
        ...place(trial),
        ...networkTargetTable.unmeasured,
        ...{ network: "bridge", target, address: "192.0.2.1", exchanges: 99, lost: 1, sum_ns: nanoseconds(99 * median) },
        ...{ min_ns: nanoseconds(median), median_ns: nanoseconds(median), p90_ns: nanoseconds(median) },
        ...{ p99_ns: nanoseconds(median), max_ns: nanoseconds(median) },
      });
    const measurements = read(
      "network-target",
      networkTargetTable.header + row(1, "a.example", 2e6) + row(2, "b.example", 3e6) + row(3, "a.example", 4e6),
    );
    expect(measurements.filter(({ metric }) => metric !== "p99_us").map((of) => [of.condition, of.metric, of.values])).toEqual([
      ["bridge a.example", "median_us", [2_000, 4_000]],
      ["bridge a.example", "lost_pct", [1, 1]],
      ["bridge b.example", "median_us", [3_000]],
      ["bridge b.example", "lost_pct", [1]],
    ]);
  });

  test("of the ladder are read from the bottom, each rung until nothing of it is left", () => {
    const row = (trial: number, rung: Rung, fields: Partial<typeof ladderTable.unmeasured>) =>
      ladderTable.formatRow({ ...place(trial), ...ladderTable.unmeasured, rung, ...fields });
    const at = (first: number, ended: number) => ({ first_byte_ns: nanoseconds(first), ended_ns: nanoseconds(ended) });
    const csv = [
      row(1, "cli", { spawned_ns: nanoseconds(1e6), ...at(300e6, 400e6) }),
      row(2, "api", { ...at(250e6, 300e6), removed_ns: nanoseconds(350e6) }),
      row(3, "exec", { spawned_ns: nanoseconds(1e6), ...at(2e6, 3e6) }),
      // Whose removal was not seen is not over.
      row(4, "api", at(260e6, 310e6)),
    ];
    const measurements = read("ladder", ladderTable.header + csv.join(""));
    expect(measurements.map(({ condition, metric, values }) => [condition, metric, values])).toEqual([
      ["exec", "to_first_byte_ms", [2]],
      ["exec", "to_end_ms", [3]],
      ["exec", "spawn_ms", [1]],
      ["api", "to_first_byte_ms", [250, 260]],
      ["api", "to_end_ms", [350]],
      ["cli", "to_first_byte_ms", [300]],
      ["cli", "to_end_ms", [400]],
      ["cli", "spawn_ms", [1]],
    ]);
  });

  test("that are broken say where", () => {
    expect(() => read("copy-up", csv.replace("80000000", "80 ms"))).toThrow('copy-up.csv:3, column first_write_ns: got "80 ms"');
  });
});

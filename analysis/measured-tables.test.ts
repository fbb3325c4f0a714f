import { describe, expect, test } from "vitest";
import { copyUpTable } from "../research/tables/copy-up.ts";
import { cpuThrottlingTable } from "../research/tables/cpu-throttling.ts";
import { nanoseconds, unixNs } from "../research/units.ts";
import { MEASURED_TABLES } from "./measured-tables.ts";
import { blockKey } from "./measurement.ts";

const place = (trial: number, session = 1, warmup = false) => ({
  ...{ trial, session, block: trial, warmup, outcome: "ok" as const, container_id: null, reason: null },
  started_unix_ns: unixNs(1_790_000_000_000_000_000n),
});
const read = (name: string, csv: string) =>
  MEASURED_TABLES.find(({ experiment }) => experiment === name)?.read([csv], `${name}.csv`) ?? [];

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
      row(4, 100_000_000, null),
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

  test("have no metric where there is nothing to measure, and none of a missing part", () => {
    const trial = (cpu_limit: "0.5" | "none", part: object) =>
      cpuThrottlingTable.formatRow({
        ...place(cpu_limit === "none" ? 2 : 1),
        ...{ cpu_limit, usage_ns: nanoseconds(1e9), wall_ns: nanoseconds(2e9), wall_error_ns: nanoseconds(1e5) },
        ...{ periods: 20, throttled_periods: 15, throttled_ns: nanoseconds(1e9) },
        ...part,
      });
    const none = { periods: null, throttled_periods: null, throttled_ns: null, wall_ns: null };
    const measurements = read("cpu-throttling", cpuThrottlingTable.header + trial("0.5", {}) + trial("none", none));
    expect(measurements.map(({ condition, metric, values }) => [condition, metric, values])).toEqual([
      ["0.5", "cpus", [0.5]],
      ["0.5", "throttled_pct", [75]],
      ["none", "cpus", []],
    ]);
  });

  test("that are broken say where", () => {
    expect(() => read("copy-up", csv.replace("80000000", "80 ms"))).toThrow('copy-up.csv:3, column first_write_ns: got "80 ms"');
  });
});

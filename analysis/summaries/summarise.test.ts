import { describe, expect, test } from "vitest";
import type { StartupRow } from "../../research/tables/startup.ts";
import { EVENTS_START_MS, scaled, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { type ConditionSummary, summariseStarts } from "./summarise.ts";

const only = (rows: readonly StartupRow[]): ConditionSummary => {
  const { conditions } = summariseStarts(rows);
  expect(conditions).toHaveLength(1);
  return conditions[0] as ConditionSummary;
};

const slower = (...factors: number[]): StartupRow[] =>
  factors.map((factor) => startupRow({ offsets_ms: scaled(WHOLE_START_MS, factor) }));

describe("which trials count", () => {
  test("warm-ups are left out, whatever they took", () => {
    const { n, failed, total_ms } = only([
      ...slower(1, 1.1),
      startupRow({ warmup: true, offsets_ms: scaled(WHOLE_START_MS, 50) }),
      startupRow({ warmup: true, outcome: "failed", offsets_ms: {} }),
    ]);
    expect([n, failed]).toEqual([2, 0]);
    expect(total_ms).toMatchObject({ n: 2, min: 100, max: 110, mean: 105 });
  });

  test("failures are counted by outcome and not summarised, even with a timeline", () => {
    const { n, failed, failed_by_outcome, total_ms } = only([
      ...slower(1),
      startupRow({ outcome: "timeout", offsets_ms: { create_sent: 0 } }),
      startupRow({ outcome: "failed", offsets_ms: {} }),
      startupRow({ outcome: "probe-lost", offsets_ms: scaled(WHOLE_START_MS, 9) }),
      startupRow({ outcome: "probe-lost", offsets_ms: scaled(WHOLE_START_MS, 9) }),
    ]);
    expect([n, failed]).toEqual([1, 4]);
    expect(failed_by_outcome).toEqual({ timeout: 1, failed: 1, "probe-lost": 2 });
    expect(total_ms?.max).toBe(100);
  });

  test("an outlier is kept", () => {
    expect(only(slower(1, 1, 1, 1, 1, 1, 1, 40)).total_ms?.max).toBe(4000);
  });

  test("a condition without one good start is there, with nothing instead of zeros", () => {
    const condition = only([startupRow({ outcome: "failed", offsets_ms: {} })]);
    expect(condition).toMatchObject({ n: 0, failed: 1, total_ms: null, phases: [] });
    expect(condition.tiers).toEqual({ daemon_ms: null, runtime_ms: null, process_ms: null });
  });

  test("a good start in which nothing shows the entrypoint acting is counted apart", () => {
    const { entry_acts: _, first_byte: __, ...unseen } = WHOLE_START_MS;
    expect(only([...slower(1), startupRow({ offsets_ms: unseen })])).toMatchObject({ n: 1, failed: 0, without_total: 1 });
  });
});

describe("conditions", () => {
  test("come by image as they first appear, warm before cold, and probes are never mixed", () => {
    const rows = [
      startupRow({ image: "small", warmup: true }),
      startupRow({ image: "large", mode: "cold" }),
      startupRow({ image: "small", mode: "cold" }),
      startupRow({ image: "large", mode: "warm", probe: "events", offsets_ms: EVENTS_START_MS }),
      startupRow({ image: "small", mode: "warm" }),
      startupRow({ image: "large", mode: "warm", probe: "tracefs" }),
    ];
    expect(summariseStarts(rows).conditions.map(({ image, mode, probe }) => `${image} ${mode} ${probe}`)).toEqual([
      "large warm tracefs",
      "large warm events",
      "large cold tracefs",
      "small warm tracefs",
      "small cold tracefs",
    ]);
  });
});

describe("tiers and phases", () => {
  test("a tier has the statistics of its own times, and its share of the summed time", () => {
    const { tiers } = only(slower(1, 2, 3));
    expect(tiers.daemon_ms).toMatchObject({ n: 3, mean: 80, median: 80, min: 40, max: 120, share_pct: 40 });
    expect(tiers.runtime_ms).toMatchObject({ mean: 110, share_pct: 55 });
    expect(tiers.process_ms).toMatchObject({ mean: 10, share_pct: 5 });
  });

  test("a tier is known in the trials that show it, and its share is of those alone", () => {
    const { runtime_start_exec: _, ...blurred } = scaled(WHOLE_START_MS, 7);
    const { n, tiers } = only([...slower(1, 2), startupRow({ offsets_ms: blurred })]);
    expect(n).toBe(3);
    expect(tiers.process_ms).toMatchObject({ n: 3, share_pct: 5 });
    expect(tiers.daemon_ms).toMatchObject({ n: 2, share_pct: 40 });
  });

  test("shares of phases add up to 100 in their usual order, when trials differ in their phases too", () => {
    const { hook_begin: _, ...plain } = WHOLE_START_MS;
    const hooked = { ...scaled(WHOLE_START_MS, 3), hook_begin: 180, hook_end: 200 };
    const { phases } = only([startupRow({ offsets_ms: plain }), startupRow({ offsets_ms: hooked }), ...slower(1.7)]);
    expect(phases.reduce((sum, phase) => sum + phase.share_pct, 0)).toBeCloseTo(100, 10);
    expect(phases.map(({ phase }) => phase).slice(6, 11)).toEqual([
      "init_bootstrap",
      "namespaces",
      "rootfs_mounts",
      "hook",
      "rootfs_pivot",
    ]);
    expect(phases.find(({ phase }) => phase === "hook")).toMatchObject({ tier: "runtime", n: 1, median_ms: 20 });
  });

  test("medians of phases are medians, not shares of the median", () => {
    const { phases, total_ms } = only([...slower(1, 1, 1), startupRow({ offsets_ms: { ...WHOLE_START_MS, entry_acts: 1000 } })]);
    expect(total_ms?.median).toBe(100);
    expect(phases.at(-1)).toMatchObject({ phase: "entrypoint", median_ms: 5 });
    expect(phases.at(-1)?.share_pct).toBeCloseTo((100 * (3 * 5 + 905)) / 1300, 10);
  });

  test("without a kernel probe the tiers are null and the enclosing phase says what it holds", () => {
    const { tiers, phases, total_ms } = only([
      startupRow({ probe: "events", offsets_ms: EVENTS_START_MS }),
      startupRow({ probe: "events", offsets_ms: EVENTS_START_MS }),
    ]);
    expect(tiers).toEqual({ daemon_ms: null, runtime_ms: null, process_ms: null });
    expect(total_ms?.mean).toBe(101);
    expect(phases.map(({ phase, tier }) => [phase, tier])).toEqual([
      ["create_api", "daemon"],
      ["client_attach", "daemon"],
      ["daemon_prepare", null],
    ]);
    expect(phases[2]?.encloses).toContain("runtime_start");
    expect(phases.reduce((sum, phase) => sum + phase.share_pct, 0)).toBeCloseTo(100, 10);
  });

  test("a phase that encloses others in some trials only is listed apart from the same phase alone", () => {
    const { namespaces_begin: _, ...blurred } = WHOLE_START_MS;
    const { phases } = only([...slower(1, 1), startupRow({ offsets_ms: blurred })]);
    const bootstraps = phases.filter(({ phase }) => phase === "init_bootstrap");
    expect(bootstraps.map(({ n, encloses }) => [n, encloses])).toEqual([
      [2, []],
      [1, ["namespaces"]],
    ]);
  });
});

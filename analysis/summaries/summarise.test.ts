import { describe, expect, test } from "vitest";
import type { Session } from "../../research/manifest.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import { platformSubject } from "../subjects/platform-subject.ts";
import { EVENTS_START_MS, manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { platformOf } from "../testing/subjects.ts";
import { summarise } from "./summarise.ts";
import type { ConditionSummary, MetricSummary } from "./summary.ts";

const summaryOf = (rows: readonly StartupRow[]) => summarise(platformSubject(platformOf(rows)));
const only = (rows: readonly StartupRow[]) => {
  const { conditions } = summaryOf(rows);
  expect(conditions).toHaveLength(1);
  const { metrics, outcomes } = conditions[0] as ConditionSummary;
  const phases = Object.values(metrics).flatMap(({ part, ...metric }) => (part?.phase ? [{ ...metric, ...part }] : []));
  return { metrics, outcomes, total_ms: metrics.total_ms as MetricSummary, phases };
};
const tierNames = (metrics: ConditionSummary["metrics"]) =>
  Object.keys(metrics).filter((name) => metrics[name]?.part?.phase === null);

const slower = (...factors: number[]): StartupRow[] =>
  factors.map((factor) => startupRow({ offsets_ms: scaled(WHOLE_START_MS, factor) }));

describe("which trials count", () => {
  test("warm-ups are left out, whatever they took", () => {
    const { outcomes, total_ms } = only([
      ...slower(1, 1.1),
      startupRow({ warmup: true, offsets_ms: scaled(WHOLE_START_MS, 50) }),
      startupRow({ warmup: true, outcome: "failed", offsets_ms: {} }),
    ]);
    expect(outcomes).toEqual({ ok: 2, timeout: 0, failed: 0, "probe-lost": 0 });
    expect(total_ms).toMatchObject({ n: 2, min: 100, max: 110, mean: 105 });
  });

  test("failures are counted by outcome and not summarised, even with a timeline", () => {
    const { outcomes, total_ms } = only([
      ...slower(1),
      startupRow({ outcome: "timeout", offsets_ms: { create_sent: 0 } }),
      startupRow({ outcome: "failed", offsets_ms: {} }),
      startupRow({ outcome: "probe-lost", offsets_ms: scaled(WHOLE_START_MS, 9) }),
      startupRow({ outcome: "probe-lost", offsets_ms: scaled(WHOLE_START_MS, 9) }),
    ]);
    expect(outcomes).toEqual({ ok: 1, timeout: 1, failed: 1, "probe-lost": 2 });
    expect(total_ms).toMatchObject({ trials: 5, n: 1, max: 100 });
  });

  test("an outlier is kept", () => {
    expect(only(slower(1, 1, 1, 1, 1, 1, 1, 40)).total_ms.max).toBe(4000);
  });

  test("a condition without one good start is there, with nothing instead of zeros", () => {
    const { metrics, outcomes } = only([startupRow({ outcome: "failed", offsets_ms: {} })]);
    expect(outcomes?.failed).toBe(1);
    expect(metrics).toMatchObject({ total_ms: { trials: 1, n: 0, median: null } });
    expect(Object.keys(metrics)).toEqual(["total_ms"]);
  });

  test("a good start in which nothing shows the entrypoint acting is counted apart", () => {
    const { entry_acts: _, first_byte: __, ...unseen } = WHOLE_START_MS;
    expect(only([...slower(1), startupRow({ offsets_ms: unseen })])).toMatchObject({ outcomes: { ok: 2 }, total_ms: { n: 1 } });
  });
});

describe("conditions", () => {
  test("come by image as they first appear, warm before cold, and what different probes saw is never mixed", () => {
    const rows = [
      startupRow({ image: "small", warmup: true }),
      startupRow({ image: "large", mode: "cold" }),
      startupRow({ image: "small", mode: "cold" }),
      startupRow({ image: "large", mode: "warm", probe: "events", offsets_ms: EVENTS_START_MS }),
      startupRow({ image: "small", mode: "warm" }),
      startupRow({ image: "large", mode: "warm", probe: "tracefs" }),
    ];
    expect(summaryOf(rows).conditions.map(({ condition, probe }) => [condition, probe])).toEqual([
      ["large warm", "events"],
      ["large warm [2]", "tracefs"],
      ["large cold", "tracefs"],
      ["small warm", "tracefs"],
      ["small cold", "tracefs"],
    ]);
  });

  test("of one name that ran in other images or by another command are kept apart, with a note", () => {
    const image = session().images[0] as Session["images"][number];
    const sessions = [
      session(),
      session({ session: 2, images: [{ ...image, digest: "sha256:9" }] }),
      session({ session: 3, command: ["true"] }),
    ];
    const rows = [1, 2, 3, 1].map((number, index) =>
      startupRow({ trial: index + 1, session: number, offsets_ms: scaled(WHOLE_START_MS, number) }),
    );
    const { conditions, caveats } = summarise(platformSubject(platformOf(rows, { manifest: manifest({ sessions }) })));
    expect(conditions.map(({ condition, metrics }) => [condition, metrics.total_ms?.n, metrics.total_ms?.median])).toEqual([
      ["small warm", 2, 100],
      ["small warm [2]", 1, 200],
      ["small warm [3]", 1, 300],
    ]);
    expect(caveats).toEqual([
      expect.stringMatching(/^startup small warm \[2\] is not small warm: another image \(sha256:0{64} and sha256:9\)$/),
      "startup small warm [3] is not small warm: another command (echo hello and true)",
    ]);
  });

  test("seen by the one or the other kernel probe are one", () => {
    const rows = [startupRow(), startupRow({ trial: 2, probe: "sidecar" })];
    expect(summaryOf(rows).conditions.map(({ probe, metrics }) => [probe, metrics.total_ms?.n])).toEqual([
      ["sidecar, tracefs", 2],
    ]);
  });
});

describe("tiers and phases", () => {
  test("a tier has the statistics of its own times, and its share of the summed time", () => {
    const { metrics } = only(slower(1, 2, 3));
    expect(metrics).toMatchObject({
      daemon_ms: { n: 3, mean: 80, median: 80, min: 40, max: 120, part: { phase: null, tier: "daemon", share_pct: 40 } },
      runtime_ms: { mean: 110, part: { share_pct: 55 } },
      process_ms: { mean: 10, part: { share_pct: 5 } },
    });
  });

  test("a tier is known in the trials that show it, and its share is of those alone", () => {
    const { runtime_start_exec: _, ...blurred } = scaled(WHOLE_START_MS, 7);
    const { metrics } = only([...slower(1, 2), startupRow({ offsets_ms: blurred })]);
    expect(metrics).toMatchObject({
      total_ms: { n: 3 },
      process_ms: { n: 3, part: { share_pct: 5 } },
      daemon_ms: { n: 2, part: { share_pct: 40 } },
    });
  });

  test("shares of phases add up to 100 in their usual order, when trials differ in their phases too", () => {
    const { hook_begin: _, ...plain } = WHOLE_START_MS;
    const hooked = { ...scaled(WHOLE_START_MS, 3), hook_begin: 180, hook_end: 200 };
    const { phases } = only([startupRow({ offsets_ms: plain }), startupRow({ offsets_ms: hooked }), ...slower(1.7)]);
    expect(phases.reduce((sum, phase) => sum + (phase.share_pct ?? 0), 0)).toBeCloseTo(100, 10);
    expect(phases.map(({ phase }) => phase).slice(6, 11)).toEqual([
      "init_bootstrap",
      "namespaces",
      "rootfs_mounts",
      "hook",
      "rootfs_pivot",
    ]);
    expect(phases.find(({ phase }) => phase === "hook")).toMatchObject({ tier: "runtime", n: 1, median: 20 });
  });

  test("medians of phases are medians, not shares of the median", () => {
    const { phases, total_ms } = only([...slower(1, 1, 1), startupRow({ offsets_ms: { ...WHOLE_START_MS, entry_acts: 1000 } })]);
    expect(total_ms.median).toBe(100);
    expect(phases.at(-1)).toMatchObject({ phase: "entrypoint", median: 5 });
    expect(phases.at(-1)?.share_pct).toBeCloseTo((100 * (3 * 5 + 905)) / 1300, 10);
  });

  test("without a kernel probe the tiers are null and the enclosing phase says what it holds", () => {
    const { metrics, phases, total_ms } = only([
      startupRow({ probe: "events", offsets_ms: EVENTS_START_MS }),
      startupRow({ probe: "events", offsets_ms: EVENTS_START_MS }),
    ]);
    expect(tierNames(metrics)).toEqual([]);
    expect(total_ms.mean).toBe(101);
    expect(phases.map(({ phase, tier }) => [phase, tier])).toEqual([
      ["create_api", "daemon"],
      ["client_attach", "daemon"],
      ["daemon_prepare", null],
    ]);
    expect(phases[2]?.encloses).toContain("runtime_start");
    expect(phases.reduce((sum, phase) => sum + (phase.share_pct ?? 0), 0)).toBeCloseTo(100, 10);
  });

  test("a phase that encloses others in some trials only is listed apart from the same phase alone", () => {
    const { namespaces_begin: _, ...blurred } = WHOLE_START_MS;
    const { metrics, phases } = only([...slower(1, 1), startupRow({ offsets_ms: blurred })]);
    const bootstraps = phases.filter(({ phase }) => phase === "init_bootstrap");
    expect(bootstraps.map(({ n, encloses }) => [n, encloses])).toEqual([
      [2, []],
      [1, ["namespaces"]],
    ]);
    expect(Object.keys(metrics)).toContain("init_bootstrap+namespaces_ms");
  });
});

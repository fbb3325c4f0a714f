import { describe, expect, test } from "vitest";
import type { Summary } from "../summarise-platform.ts";
import { summarisePlatform } from "../summarise-platform.ts";
import { manifest, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { exampleSummary } from "../testing/summary.ts";
import { startupTiers } from "./startup-tiers.ts";

interface Layer {
  readonly data: { readonly values: readonly Record<string, unknown>[] };
  readonly encoding: { readonly x: { readonly scale?: { readonly domain: [number, number] } }; readonly color?: unknown };
}
interface Panel {
  readonly title: { readonly text: string };
  readonly layer: readonly Layer[];
}
const panelsOf = (summary: Summary): Panel[] => (startupTiers(summary).spec as unknown as { vconcat: Panel[] }).vconcat;
const subtitleOf = (summary: Summary): string =>
  (startupTiers(summary).spec.title as { subtitle: string[] }).subtitle.join(" ").replaceAll("\u00a0", " ");

const barsOf = (panel: Panel | undefined) => panel?.layer[0]?.data.values ?? [];
const totalsOf = (panel: Panel | undefined) => panel?.layer.at(-1)?.data.values ?? [];

describe("the data in the specification", () => {
  test("are the means of the summary, stacked without a gap up to the mean of the total", () => {
    const summary = exampleSummary();
    const [warm] = panelsOf(summary);
    const condition = summary.platforms[0]?.experiments.startup.conditions[0];
    const [daemon, runtime, process] = barsOf(warm).filter((bar) => bar.image === "small");
    expect(daemon).toMatchObject({ tier: "daemon", begin_ms: 0, end_ms: condition?.tiers.daemon_ms?.mean });
    expect(runtime).toMatchObject({ tier: "runtime", begin_ms: daemon?.end_ms, mean_ms: condition?.tiers.runtime_ms?.mean });
    expect(process).toMatchObject({ tier: "process", begin_ms: runtime?.end_ms, mean_ms: condition?.tiers.process_ms?.mean });
    expect(process?.end_ms).toBeCloseTo(condition?.total_ms?.mean ?? Number.NaN, 9);
    expect(totalsOf(warm)[0]).toMatchObject({
      mean_ms: condition?.total_ms?.mean,
      ci_lo_ms: condition?.total_ms?.mean_ci?.[0],
      ci_hi_ms: condition?.total_ms?.mean_ci?.[1],
      total: "103 ms",
      process: "process 5.16 ms",
      name: "small (n = 7)",
    });
  });

  test("are the same bytes every time", () => {
    expect(JSON.stringify(startupTiers(exampleSummary()))).toBe(JSON.stringify(startupTiers(exampleSummary())));
  });
});

describe("layout", () => {
  test("a panel for every mode and platform; platforms share a mode's scale, modes do not share theirs", () => {
    const panels = panelsOf(exampleSummary(["here", "there"]));
    expect(panels.map((panel) => panel.title.text)).toEqual(["here, warm", "there, warm", "here, cold", "there, cold"]);
    const ends = panels.map((panel) => panel.layer[0]?.encoding.x.scale?.domain[1] ?? 0);
    expect(ends[0]).toBe(ends[1]);
    expect(ends[2]).toBe(ends[3]);
    expect(ends[2]).toBeGreaterThan(3 * (ends[0] ?? 0));
  });

  test("the scale leaves room for every interval and the label behind it", () => {
    for (const panel of panelsOf(exampleSummary())) {
      const end = panel.layer[0]?.encoding.x.scale?.domain[1] ?? 0;
      for (const total of totalsOf(panel)) expect(total.ci_hi_ms as number).toBeLessThan(0.9 * end);
    }
  });

  test("the colours are fixed, whatever is drawn", () => {
    expect(panelsOf(exampleSummary())[0]?.layer[0]?.encoding.color).toMatchObject({
      scale: { domain: ["daemon", "runtime", "process"], range: ["#0072b2", "#f3bf45", "#6b0d35"] },
    });
  });

  test("a label stands where it fits and only there", () => {
    const labels = barsOf(panelsOf(exampleSummary())[0]).map((bar) => [bar.tier, bar.label]);
    expect(labels.slice(0, 3)).toEqual([
      ["daemon", "41.3"],
      ["runtime", "56.8"],
      ["process", ""],
    ]);
  });

  test("the subtitle tells statistic, interval and n", () => {
    const subtitle = subtitleOf(exampleSummary());
    expect(subtitle).toContain("Means add up, medians do not");
    expect(subtitle).toContain("95 % confidence interval (t) of the mean total");
    expect(subtitle).toContain("n = 7 warm, 7 cold");
  });
});

describe("what can not be drawn", () => {
  test("is left out with its reason", () => {
    const mixed = { platforms: [...exampleSummary(["here"]).platforms, ...exampleSummary(["there"], "events").platforms] };
    const { leftOut } = startupTiers(mixed);
    expect(leftOut).toEqual([
      "there small warm, small cold, medium warm, medium cold: the tiers can not be told apart (events probe)",
    ]);
    expect(subtitleOf(mixed)).toContain(`Not drawn: ${leftOut[0]}.`);
    expect(panelsOf(mixed).map((panel) => panel.title.text)).toEqual(["here, warm", "here, cold"]);
  });

  test("a tier that some starts do not show would not add up, and is not drawn", () => {
    const { create_exit: _, ...blurred } = WHOLE_START_MS;
    const startup = [startupRow(), startupRow(), startupRow({ offsets_ms: blurred }), startupRow({ image: "other" })];
    const summary = {
      platforms: [summarisePlatform({ label: "here", folder: "/r", experiments: [], manifest: manifest(), startup })],
    };
    expect(startupTiers(summary).leftOut).toEqual(["here small warm: the daemon tier is told apart in 2 of 3 starts only"]);
  });

  test("nothing is drawn from nothing", () => {
    expect(() => startupTiers(exampleSummary(["here"], "events"))).toThrow(
      "nothing to draw: here small warm, small cold, medium warm, medium cold: the tiers can not be told apart (events probe)",
    );
    const failed = [startupRow({ outcome: "failed", offsets_ms: {} })];
    const warmups = [startupRow({ warmup: true })];
    for (const [startup, reason] of [
      [failed, "no start went well"],
      [warmups, "nothing but 1 warm-up rows"],
    ] as const) {
      const summary = {
        platforms: [summarisePlatform({ label: "here", folder: "/r", experiments: [], manifest: manifest(), startup })],
      };
      expect(() => startupTiers(summary)).toThrow(reason);
    }
  });

  test("a single start has a bar and no whisker", () => {
    const summary = {
      platforms: [
        summarisePlatform({ label: "here", folder: "/r", experiments: [], manifest: manifest(), startup: [startupRow()] }),
      ],
    };
    const [panel] = panelsOf(summary);
    expect(totalsOf(panel)[0]).toMatchObject({ total: "100 ms", ci_lo_ms: null, end_ms: 100 });
    expect(panel?.layer.filter((layer) => layer.data.values.length === 0).length).toBeGreaterThan(0);
  });
});

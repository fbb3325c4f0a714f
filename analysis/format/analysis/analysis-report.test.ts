import { describe, expect, test } from "vitest";
import type { Session } from "../../../research/manifest.ts";
import type { StartupRow } from "../../../research/tables/startup.ts";
import { platformSubject } from "../../subjects/platform-subject.ts";
import { analysisOf } from "../../summaries/summarise.ts";
import type { AnalysisReport } from "../../summaries/summary.ts";
import { EVENTS_START_MS, manifest, scaled, session, startupRow, WHOLE_START_MS } from "../../testing/rows.ts";
import { platformOf } from "../../testing/subjects.ts";
import { FORMATS, renderAnalysis } from "./analysis-report.ts";

const summary = (startup: readonly StartupRow[], sessions = [session()]): AnalysisReport =>
  analysisOf([platformSubject(platformOf(startup, { manifest: manifest({ sessions }) }))], []);
const factors = [1, 1.02, 0.98, 1.04, 0.96, 1.06, 0.94];
const seven = factors.map((factor) => startupRow({ offsets_ms: scaled(WHOLE_START_MS, factor) }));
const text = (...input: Parameters<typeof summary>): string => renderAnalysis(summary(...input), "text");

describe("the first sentence can be repeated", () => {
  test("median, interval, n and the largest phase with its share and meaning, as on the screen", () => {
    expect(text(seven).split("\n")[0]).toBe(
      "here: A warm start of “small” takes 100 ms (95 % CI 94.0–106; 7 starts in one session). 19.0 % (19.0–19.0) of it is “daemon prepares”: mounts the image, starts the shim.",
    );
  });

  test("the share of the largest phase is that of the summed time, and has no interval where there is none", () => {
    const slowHook = { ...WHOLE_START_MS, hook_begin: 60, hook_end: 69 };
    const longer = Object.fromEntries(Object.entries(slowHook).map(([name, at]) => [name, at >= 69 ? at + 100 : at]));
    const starts = [slowHook, longer].map((offsets_ms) => startupRow({ offsets_ms }));
    // 9 of 100 ms and 109 of 200 ms.
    expect(text(starts).split("\n")[0]).toContain(" 39 % of it is “network hook”: ");
    expect(text(starts.slice(1)).split("\n")[0]).toContain(" 55 % of it is “network hook”: ");
  });

  test("it is of a warm start of the smallest image, whichever chance made first", () => {
    const starts = [
      startupRow({ image: "large" }),
      startupRow({ image: "small", mode: "cold" }),
      startupRow({ image: "medium" }),
      startupRow({ image: "small", outcome: "failed", offsets_ms: {} }),
    ];
    expect(text(starts)).toMatch(/^here: A warm start of “medium” takes/);
    expect(text([...starts, startupRow()])).toMatch(/^here: A warm start of “small” takes/);
  });

  test("too few starts for an interval are reported as such", () => {
    expect(text(seven.slice(0, 5)).split("\n")[0]).toContain(
      "takes 100 ms (median of 5 starts in one session, too few for an interval). ",
    );
  });

  test("phases that cannot be separated are named together", () => {
    const events = startupRow({ probe: "events", offsets_ms: EVENTS_START_MS });
    expect(text([events]).split("\n")[0]).toMatch(/ of it is “daemon prepares … entrypoint”: .*; the rest is not told apart\.$/);
  });

  test("nothing to summarise is a sentence too", () => {
    const failed = startupRow({ outcome: "failed", offsets_ms: {} });
    expect(text([failed, failed]).split("\n")[0]).toBe("here: None of 2 starts can be summarised: all of them failed.");
    expect(text([failed, startupRow({ warmup: true })]).split("\n")[0]).toBe(
      "here: The only start failed: there is nothing to summarise.",
    );
  });

  test("every platform has one, before any table", () => {
    const [one] = summary(seven).platforms;
    const both = { schema: 2, platforms: [one, { ...one, label: "there" }], unread: [] } as AnalysisReport;
    expect(
      renderAnalysis(both, "text")
        .split("\n\n")
        .slice(0, 2)
        .map((line) => line.slice(0, 14)),
    ).toEqual(["here: A warm s", "there: A warm "]);
  });
});

describe("what follows", () => {
  test("the tail is spoken of where its interval is finite, and only there", () => {
    const starts = (n: number) =>
      Array.from({ length: n }, (_, index) =>
        startupRow({ trial: index + 1, offsets_ms: scaled(WHOLE_START_MS, 1 + index / n) }),
      );
    expect(text(starts(368))).toMatch(/`small` warm: 99th percentile 199 ms \(95 % CI 198–200\)\./);
    expect(text(starts(367))).not.toContain("99th percentile");
  });

  test("missing is a dash, never 0", () => {
    const report = text([startupRow({ outcome: "failed", offsets_ms: {} })]);
    expect(report).toMatch(/small {2}warm {2}tracefs {2}0 {7}1( +–){10}\n/);
  });

  test("notes tell of warm-ups, failures, methods and the session", () => {
    const report = text([
      ...seven,
      startupRow({ warmup: true }),
      startupRow({ outcome: "timeout", offsets_ms: {} }),
      startupRow({ outcome: "probe-lost" }),
    ]);
    expect(report).toContain("10 rows, of which 1 warm-up left out");
    expect(report).toContain("`small` warm: 2 of 9 starts not summarised (timeout 1, probe-lost 1)");
    expect(report).toContain("Student's t");
    expect(report).toContain("exact order statistics (which cover 98.4 %), none below n = 6");
    expect(report).toContain("Medians of tiers and phases do not add up");
    expect(report).toContain("Conditional on this session");
    const two = text(seven, [session(), session({ session: 2 })]);
    expect(two).toContain("The trials of two sessions are pooled as if they were one");
    expect(two).not.toContain("Conditional on this session");
  });

  test("from three sessions on, sentence, table and parts have the numbers of the sessions", () => {
    const factors = [1, 1.2, 0.9];
    const rows = factors.flatMap((factor, index) =>
      [1, 2, 3].map((block) => startupRow({ session: index + 1, block, offsets_ms: scaled(WHOLE_START_MS, factor) })),
    );
    const report = text(
      rows,
      factors.map((_, index) => session({ session: index + 1 })),
    );
    // The geometric mean of 100, 120 and 90 ms; Student's t with two degrees of freedom on their logarithms.
    expect(report.split("\n")[0]).toContain("takes 103 ms (95 % CI 71.5–147; 9 starts in 3 sessions)");
    expect(report).toMatch(/small +warm .* 103 {2}65\.4–141 .* 103 {2}71\.5–147 /);
    expect(report).toMatch(/daemon +all phases +9 +41\.0 /);
    expect(report).toMatch(/total +9 +103 +100/);
    expect(report).toMatch(/daemon +daemon_prepare +9 +19\.5 /);
    expect(report).toContain("over sessions, of the mean by Student's t on their means");
  });

  test("the number of sessions needed is given where it is known and more are needed", () => {
    const rowsOf = (factors: number[]) =>
      factors.flatMap((factor, index) =>
        [1, 2, 3].map((block) => startupRow({ session: index + 1, block, offsets_ms: scaled(WHOLE_START_MS, factor) })),
      );
    const sessions = (factors: number[]) => factors.map((_, index) => session({ session: index + 1 }));
    const told = (factors: number[]) => text(rowsOf(factors), sessions(factors));
    expect(told([1, 1.06, 0.97])).toMatch(
      /`small` warm: about \d+ sessions of 3 trials would bring the interval of its median to ±2 %/,
    );
    expect(told([1, 1.001, 0.999])).not.toContain("would bring");
    expect(told([1])).not.toContain("would bring");
  });

  test("the cost of the probe is given where it was measured", () => {
    type Effect = NonNullable<Session["observer_effect"]>[number];
    const effect: Effect = {
      ...{ probe: "tracefs", baseline: "off", image: "small", pairs: 50, traced_over_untraced: 1.0234, interval: null },
    };
    const report = (...observer_effect: Effect[]) => text(seven, [session({ observer_effect })]);
    expect(report({ ...effect, interval: [0.998, 1.041] })).toContain(
      "Probe tracefs in session 1: starts of `small` took 1.02 times as long with it as when nobody watches (50 pairs, ratio of medians; 95 % CI 0.998–1.04).",
    );
    expect(report(effect)).toContain("(50 pairs, ratio of medians).");
    expect(report({ ...effect, baseline: "events" })).toContain("times as long with it as with Docker's events alone");
    const both = report({ ...effect, probe: "events", traced_over_untraced: 1.001 }, effect);
    expect(both).toMatch(/Probe events .* 1\.00 times.*Probe tracefs .* 1\.02 times/s);
    expect(report({ ...effect, scheduler: true })).toContain(
      "Probe tracefs with the scheduler's events in session 1: starts of `small` took 1.02 times as long",
    );
    expect(report({ ...effect, traced_over_untraced: null })).not.toContain("Probe tracefs");
    expect(text(seven)).not.toContain("Probe tracefs");
  });

  test("a phase that holds others says which", () => {
    const report = text([startupRow({ probe: "events", offsets_ms: EVENTS_START_MS })]);
    expect(report).toMatch(/several {2}daemon_prepare \+10/);
    expect(report).toContain("a total ends with the first byte that the client read");
    expect(text(seven)).not.toContain("a total ends with the first byte");
    expect(report).toContain("`daemon_prepare` +10: holds the time of shim_start, ");
  });

  test("warnings come with evidence and remedy, escaped", () => {
    const warnings = [{ summary: "load_high", evidence: "load 3 & more", remedy: "wait" }];
    const loud = summary(seven, [session({ warnings })]);
    expect(renderAnalysis(loud, "text")).toContain("- load_high (load 3 & more). What to do: wait\n");
    expect(renderAnalysis(loud, "latex")).toContain("load\\_high (load 3 \\& more)");
    expect(renderAnalysis(loud, "markdown")).toContain("load\\_high (load 3 \\& more)");
  });
});

test("findings stand among the warnings, and in json with their numbers", () => {
  const slow = seven.map((row, index) => ({ ...row, block: index + 1 }));
  const halved = scaled(WHOLE_START_MS, 0.5);
  const cold = slow.map(({ block }) => startupRow({ mode: "cold", block, offsets_ms: halved }));
  const report = renderAnalysis(summary([...slow, ...cold]), "text");
  expect(report).toMatch(
    /Warnings:\n\n- startup total_ms: cold is better than warm, .* \(small cold \/ small warm = 0\.5, .*\)\. What to do: /,
  );
  const { findings } = JSON.parse(renderAnalysis(summary([...slow, ...cold]), "json")).platforms[0];
  expect(findings.map(({ detector }: { detector: string }) => detector)).toEqual(["cold-faster-than-warm", "condition-order"]);
  expect(findings[0]).toMatchObject({ severity: "defect", condition: "small cold" });
  expect(findings[0].numbers.ratio).toBeCloseTo(0.5, 12);
});

describe("formats", () => {
  test.each(FORMATS)("%s ends with one line end and is the same every time", (format) => {
    const rendered = renderAnalysis(summary(seven), format);
    expect(rendered).toMatch(/[^\n]\n$/);
    expect(renderAnalysis(summary(seven), format)).toBe(rendered);
  });

  test("json has the numbers unrounded, and null where there are none", () => {
    const { platforms } = JSON.parse(
      renderAnalysis(summary([startupRow({ probe: "events", offsets_ms: EVENTS_START_MS })]), "json"),
    );
    const [condition] = platforms[0].conditions;
    expect(condition).toMatchObject({
      ...{ experiment: "startup", condition: "small warm", factors: { image: "small", mode: "warm" }, probe: "events" },
      outcomes: { ok: 1, timeout: 0, failed: 0, "probe-lost": 0 },
    });
    const { total_ms, create_api_ms, ...others } = condition.metrics;
    expect(total_ms).toMatchObject({ unit: "ms", better: "lower", trials: 1, n: 1, mean: 101, sd: null, mean_ci: null });
    expect(create_api_ms).toMatchObject({
      ...{ n: 1, median: 10, time_order: null },
      part: { phase: "create_api", tier: "daemon", encloses: [], share_pct: 1000 / 101, share_ci: null },
    });
    // No tier can be separated; what holds the time of several phases has all their names.
    expect(Object.keys(others)).toEqual([
      "client_attach_ms",
      expect.stringMatching(/^daemon_prepare\+shim_start\+.*\+entrypoint_ms$/),
    ]);
  });

  test("a condition without one good start has no statistics instead of zeros", () => {
    const { platforms } = JSON.parse(renderAnalysis(summary([startupRow({ outcome: "failed", offsets_ms: {} })]), "json"));
    const { metrics } = platforms[0].conditions[0];
    expect(Object.keys(metrics)).toEqual(["total_ms"]);
    expect(metrics.total_ms).toMatchObject({ trials: 1, n: 0, mean: null, median: null, outliers: null });
  });
});

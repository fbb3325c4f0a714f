import { describe, expect, test } from "vitest";
import type { Subject } from "../../subjects/subject.ts";
import { captionOf, panelsOf as panelsIn } from "../../testing/drawn.ts";
import { startupRow, WHOLE_START_MS } from "../../testing/rows.ts";
import { exampleSubjects, subjectOf } from "../../testing/subjects.ts";
import type { Drawing } from "../parts/figure.ts";
import { startupTiers } from "./startup-tiers.ts";

interface Layer {
  readonly data: { readonly values: readonly Record<string, unknown>[] };
  readonly encoding: { readonly x: { readonly scale?: { readonly domain: [number, number] } }; readonly color?: unknown };
}
interface Panel {
  readonly title: { readonly text: string };
  readonly layer: readonly Layer[];
}

function drawn(subjects: readonly Subject[]): Drawing {
  const drawing = startupTiers(subjects);
  if ("absent" in drawing) throw new Error(drawing.absent);
  return drawing;
}
/** Without the legend. */
const panelsOf = (subjects: readonly Subject[]): Panel[] => panelsIn(drawn(subjects)).slice(1) as unknown as Panel[];
const layerWith = (panel: Panel | undefined, field: string) =>
  panel?.layer.find(({ data }) => data.values.some((row) => field in row))?.data.values ?? [];

const barsOf = (panel: Panel | undefined) => layerWith(panel, "begin_ms");
const totalsOf = (panel: Panel | undefined) => layerWith(panel, "total");
const dotsOf = (panel: Panel | undefined) => layerWith(panel, "offset_px");

describe("the data in the specification", () => {
  test("are means, stacked without a gap up to the mean of the total", () => {
    const [warm] = panelsOf(exampleSubjects());
    const [daemon, runtime, process] = barsOf(warm).filter((bar) => bar.image === "small");
    // The starts take 100 ms times 1, 1.02, 0.98, 1.05, 0.97, 1.01 and 1.2, of which daemon 40 %, runtime 55 %, process 5 %.
    const mean_ms = (100 * (1 + 1.02 + 0.98 + 1.05 + 0.97 + 1.01 + 1.2)) / 7;
    expect(daemon).toMatchObject({ tier: "daemon", begin_ms: 0 });
    expect(daemon?.end_ms).toBeCloseTo(0.4 * mean_ms, 5);
    expect(runtime).toMatchObject({ tier: "runtime", begin_ms: daemon?.end_ms });
    expect(runtime?.mean_ms).toBeCloseTo(0.55 * mean_ms, 5);
    expect(process).toMatchObject({ tier: "process", begin_ms: runtime?.end_ms });
    expect(process?.end_ms).toBeCloseTo(mean_ms, 5);
    expect(totalsOf(warm)[0]).toMatchObject({ total: "103 ms !", process: "process 5.16 ms (4.80–5.53)", name: "small (n = 7)" });
    expect(totalsOf(warm)[0]?.mean_ms).toBeCloseTo(mean_ms, 5);
  });

  test("have a dot for every start", () => {
    const dots = dotsOf(panelsOf(exampleSubjects())[0]).filter(({ image }) => image === "small");
    expect(dots.map(({ value }) => value)).toEqual([97, 98, 100, 101, 102, 105, 120]);
  });

  test("a start far beyond the bars is named at the scale's end instead of crushing them", () => {
    const rows = [1, 1.01, 0.99, 1.02, 0.98, 1, 1.01, 0.99, 9].map((factor) =>
      startupRow({ offsets_ms: Object.fromEntries(Object.entries(WHOLE_START_MS).map(([name, at]) => [name, at * factor])) }),
    );
    const [panel] = panelsOf([subjectOf(rows)]);
    expect(totalsOf(panel)[0]).toMatchObject({ beyond: "900 ▸" });
    expect(dotsOf(panel)).toHaveLength(8);
    expect(panel?.layer[0]?.encoding.x.scale?.domain[1]).toBeLessThan(900);
  });

  test("a start so long that it makes the mean and its whisker many times longer cuts both, and crushes nothing", () => {
    const scaled = (image: string) => (factor: number) =>
      startupRow({
        image,
        offsets_ms: Object.fromEntries(Object.entries(WHOLE_START_MS).map(([name, at]) => [name, at * factor])),
      });
    const usual = [1, 1.01, 0.99, 1.02, 0.98, 1, 1.01, 0.99];
    const drawing = drawn([subjectOf([...[...usual, 600].map(scaled("small")), ...usual.map(scaled("large"))])]);
    const [panel] = panelsIn(drawing).slice(1) as unknown as Panel[];
    const [outlying, other] = totalsOf(panel);
    expect(outlying?.total).toMatch(/^▸ 6\d\d\d ms \(\d/);
    expect(outlying?.end_ms).toBeCloseTo(160, 0);
    expect(other).toMatchObject({ total: "100 ms", beyond: "" });
    expect(panel?.layer[0]?.encoding.x.scale?.domain[1]).toBeLessThan(500);
    for (const bar of barsOf(panel)) expect(bar.end_ms as number).toBeLessThanOrEqual(outlying?.end_ms as number);
    expect(captionOf(drawing)).toContain("Bars and whiskers with ▸ go on beyond it.");
    expect(captionOf(drawn(exampleSubjects()))).not.toContain("▸");
  });

  test("slow starts that are no outliers make a bar as long as their mean says", () => {
    const scaled = (image: string) => (factor: number) =>
      startupRow({
        image,
        offsets_ms: Object.fromEntries(Object.entries(WHOLE_START_MS).map(([name, at]) => [name, at * factor])),
      });
    const slow = [1, 1.01, 0.99, 1.02, 0.98, 1, 30, 31, 32].map(scaled("small"));
    const usual = [1, 1.01, 0.99, 1.02, 0.98, 1, 1.01, 0.99, 1].map(scaled("large"));
    const drawing = drawn([subjectOf([...slow, ...usual])]);
    const [panel] = panelsIn(drawing).slice(1) as unknown as Panel[];
    const [many] = totalsOf(panel);
    // Its whisker goes on beyond the scale, the bar itself does not.
    expect(many?.total).toMatch(/^▸ 1100 ms/);
    expect(Math.max(...barsOf(panel).map((bar) => bar.end_ms as number))).toBeCloseTo(1100, 0);
  });

  test("are the same bytes every time", () => {
    expect(JSON.stringify(drawn(exampleSubjects()))).toBe(JSON.stringify(drawn(exampleSubjects())));
  });
});

describe("layout", () => {
  test("a panel for every mode and platform, all on one scale", () => {
    const panels = panelsOf(exampleSubjects(["here", "there"]));
    expect(panels.map((panel) => panel.title.text)).toEqual(["here, warm", "there, warm", "here, cold", "there, cold"]);
    expect(new Set(panels.map((panel) => panel.layer[0]?.encoding.x.scale?.domain[1])).size).toBe(1);
  });

  test("the scale leaves room for every interval and the label behind it", () => {
    for (const panel of panelsOf(exampleSubjects())) {
      const end = panel.layer[0]?.encoding.x.scale?.domain[1] ?? 0;
      for (const total of totalsOf(panel)) expect(total.ci_hi_ms as number).toBeLessThan(0.9 * end);
    }
  });

  test("the colours are fixed, whatever is drawn", () => {
    expect(panelsOf(exampleSubjects())[0]?.layer[0]?.encoding.color).toMatchObject({
      scale: { domain: ["daemon", "runtime", "process"], range: ["#0072b2", "#f3bf45", "#6b0d35"] },
    });
  });

  test("a label stands where it fits and only there", () => {
    const labels = (mode: number) => barsOf(panelsOf(exampleSubjects())[mode]).map((bar) => [bar.tier, bar.label]);
    // Warm starts share the scale of cold ones, which take five times as long.
    expect(labels(0).slice(0, 3)).toEqual([
      ["daemon", ""],
      ["runtime", ""],
      ["process", ""],
    ]);
    expect(labels(1).slice(0, 3)).toEqual([
      ["daemon", "207 (192–221)"],
      ["runtime", "284 (264–304)"],
      ["process", ""],
    ]);
  });

  test("the title is the largest tier of a warm start", () => {
    expect(drawn(exampleSubjects()).title).toBe("The runtime tier takes 55 % of a warm start of small");
  });

  test("the caption tells statistic, interval and n", () => {
    const caption = captionOf(drawn(exampleSubjects()));
    expect(caption).toContain("Means add up, medians do not");
    expect(caption).toContain("95 % confidence interval (t) of the mean total and of the mean daemon tier");
    expect(caption).toContain("n = 7 warm, 7 cold");
  });
});

describe("what cannot be drawn", () => {
  const absent = (subjects: readonly Subject[]) => (startupTiers(subjects) as { absent?: string }).absent;

  test("is left out with its reason", () => {
    const mixed = [...exampleSubjects(["here"]), ...exampleSubjects(["there"], "events")];
    const { leftOut } = drawn(mixed);
    expect(leftOut).toEqual([
      "there small warm, small cold, medium warm, medium cold: the tiers cannot be separated (events probe)",
    ]);
    expect(captionOf(drawn(mixed))).toContain(`Not drawn: ${leftOut[0]}.`);
    expect(panelsOf(mixed).map((panel) => panel.title.text)).toEqual(["here, warm", "here, cold"]);
  });

  test("a tier that some starts do not show would not add up, and is not drawn", () => {
    const { create_exit: _, ...blurred } = WHOLE_START_MS;
    const startup = [startupRow(), startupRow(), startupRow({ offsets_ms: blurred }), startupRow({ image: "other" })];
    expect(drawn([subjectOf(startup)]).leftOut).toEqual([
      "here small warm: the daemon tier can be separated in only 2 of 3 starts",
    ]);
  });

  test("nothing is drawn from nothing", () => {
    expect(absent(exampleSubjects(["here"], "events"))).toBe(
      "here small warm, small cold, medium warm, medium cold: the tiers cannot be separated (events probe)",
    );
    expect(absent([subjectOf([startupRow({ outcome: "failed", offsets_ms: {} })])])).toContain("no successful starts");
    expect(absent([subjectOf([startupRow({ warmup: true })])])).toBe("here: no start was split into tiers");
  });

  test("a single start has a bar and no whisker", () => {
    const [panel] = panelsOf([subjectOf([startupRow()])]);
    expect(totalsOf(panel)[0]).toMatchObject({ total: "100 ms", ci_lo_ms: null, end_ms: 100 });
    expect(layerWith(panel, "ci_lo_ms")).toEqual(totalsOf(panel));
  });
});

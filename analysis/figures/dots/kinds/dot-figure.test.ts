import { describe, expect, test } from "vitest";
import type { Measurement } from "../../../subjects/measurement.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { captionOf, drawn, keyOf, panelsOf, rowsWith } from "../../../testing/drawn.ts";
import { bareSubject } from "../../../testing/subjects.ts";
import { copyUp } from "../copy-up.ts";
import { cpuThrottling } from "../cpu-throttling.ts";
import { densityOfContainers } from "../density.ts";
import { ladder } from "../ladder.ts";
import { memorySharing } from "../memory-sharing.ts";
import { networkLatency } from "../network-latency.ts";
import { networkToTarget } from "../network-target.ts";
import { warmStartLatency } from "../warm-start-latency.ts";
import { writePerformance } from "../write-performance.ts";

type Given = Pick<Measurement, "experiment" | "factors" | "metric" | "unit" | "values">;

const measured = (given: Given): Measurement => ({
  condition: Object.values(given.factors).join(" "),
  better: "lower",
  blocks: given.values.map((_, index) => index + 1),
  rows: given.values.map((_, index) => index + 1),
  ...given,
});

const subject = (label: string, given: readonly Given[]): Subject => bareSubject(label, given.map(measured));

const TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** The same in an order in which none depends on the one before. */
const SHUFFLED = [4, 9, 1, 6, 10, 3, 8, 2, 7, 5];

describe("a figure of one experiment", () => {
  const network = (label: string, modes: readonly string[]) =>
    subject(
      label,
      modes.map((mode) => ({
        experiment: "network",
        factors: { network: mode },
        metric: "avg_rtt_ms",
        unit: "ms",
        values: SHUFFLED,
      })),
    );

  test("has a panel a condition with a strip for each platform: every value, the median and its interval", () => {
    const drawing = drawn(networkLatency, [network("here", ["bridge", "host"]), network("there", ["bridge", "host"])]);
    // What the bridge is held against comes first.
    expect(panelsOf(drawing).map(({ title }) => title?.text)).toEqual(["host", "bridge"]);
    const [, bridge] = panelsOf(drawing);
    const dots = rowsWith(bridge, "offset_px");
    expect(dots.filter(({ name }) => name === "there").map(({ value }) => value)).toEqual(TEN);
    // Conover's interval for n = 10: the second and the ninth of the values.
    expect(rowsWith(bridge, "median")[0]).toMatchObject({
      ...{ name: "here", median: 5.5, ci_lo: 2, ci_hi: 9 },
      ...{ label: "here (n = 10)", number: "5.5\u00a0ms (2–9) !" },
    });
    expect(captionOf(drawing)).toContain("95 % confidence interval (order statistics). n = 10.");
    expect(drawing.tables[0]?.rows).toHaveLength(4);
  });

  test("leaves a platform or condition without data out, and says so", () => {
    const failed = subject("failed", [
      { experiment: "network", factors: { network: "host" }, metric: "avg_rtt_ms", unit: "ms", values: [] },
    ]);
    const { leftOut } = drawn(networkLatency, [network("here", ["host"]), failed, subject("other", [])]);
    expect(leftOut).toEqual(["failed host: no successful trials", { platform: "other", lacks: "measurement of network" }]);
    expect(networkLatency([subject("other", [])])).toEqual({ absent: "other has no measurement of network" });
    expect(ladder([subject("other", [])])).toEqual({ absent: "other has no measurement of ladder" });
  });

  test("the ladder is read from the bottom, on a logarithmic scale, also where a platform lacks a rung", () => {
    const climbed = (label: string, rungs: readonly string[]) =>
      subject(
        label,
        rungs.flatMap((rung, index) =>
          ["to_first_byte_ms", "to_end_ms", "spawn_ms"].map((metric) => ({
            ...{ experiment: "ladder", factors: { rung }, metric, unit: "ms", values: [2 + index, 3 + index] },
          })),
        ),
      );
    const there = climbed("there", ["exec", "unshare", "crun", "runc", "api", "cli"]);
    const drawing = drawn(ladder, [climbed("here", ["exec", "runc", "cli"]), there]);
    const rungs = ["exec", "unshare", "crun", "runc", "api", "cli"];
    expect(panelsOf(drawing).map(({ title }) => title?.text)).toEqual([...rungs, ...rungs]);
    expect(rowsWith(panelsOf(drawing)[0], "median").map(({ name }) => name)).toEqual(["here", "there"]);
    const spec = JSON.stringify(drawing.pages);
    expect(spec).toContain("time to the first byte (ms, log scale; lower is better)");
    expect(spec).toContain("time until removal (ms, log scale; lower is better)");
    expect(spec).not.toContain("spawn");
    expect(drawing.tables[0]?.rows[0]).toContain("time to the first byte");
    const [alone] = panelsOf(drawn(ladder, [there]));
    expect(rowsWith(alone, "median").map(({ name }) => name)).toEqual(rungs);
    // Each rung says by how much its median exceeds the one above, and shows it within its own row, where no text stands.
    expect(rowsWith(alone, "from").map(({ name, from, to }) => [name, from, to])).toEqual(
      rungs.slice(1).map((rung, index) => [rung, 2.5 + index, 3.5 + index]),
    );
    expect(rowsWith(alone, "number").map(({ number }) => String(number).split(" ")[1])).toEqual([
      undefined,
      ...rungs.slice(1).map(() => "+1"),
    ]);
  });
});

test("warm starts are warm, and of different metrics each has a scale of its own", () => {
  const startup = (metric: string, mode: string, values: readonly number[]): Given => ({
    ...{ experiment: "startup", factors: { image: "alpine", mode }, metric, unit: "ms", values },
  });
  const ours = subject("ours", [
    startup("total_ms", "cold", [900]),
    startup("total_ms", "warm", [100, 110]),
    startup("daemon_ms", "warm", [50]),
  ]);
  const theirs = subject("theirs", [startup("startup_ms", "warm", [500, 600])]);
  const drawing = drawn(warmStartLatency, [ours, theirs]);
  expect(panelsOf(drawing).map((panel) => rowsWith(panel, "offset_px").map(({ value }) => value))).toEqual([
    [100, 110],
    [500, 600],
  ]);
  expect(captionOf(drawing)).toContain("lasts until docker run has returned");
});

test("a CPU limit is marked where the values should be, and only for what is measured in its unit", () => {
  const throttling = (metric: string, unit: string, limit = "50 %"): Given => ({
    ...{ experiment: "cpu-throttling", factors: { limit }, metric, unit, values: [48, 51, 60] },
  });
  const study = subject("study", [throttling("measured_pct", "%"), throttling("variance_pct", "%"), throttling("loop_ms", "ms")]);
  expect(panelsOf(drawn(cpuThrottling, [study])).map((panel) => rowsWith(panel, "target"))).toEqual([
    [{ name: "50 %", target: 50 }],
    [],
  ]);
  const ours = subject(
    "ours",
    ["0.25", "none"].map((limit) => throttling("cpus", "CPUs", limit)),
  );
  const [panel] = panelsOf(drawn(cpuThrottling, [ours]));
  expect(rowsWith(panel, "target")).toEqual([{ name: "limit 0.25", target: 0.25 }]);
  // No limit is what the limits are held against.
  expect(rowsWith(panel, "median").map(({ name }) => name)).toEqual(["no limit", "limit 0.25"]);
});

test("the study's write speeds are shown as its files have them, with a word on their unit", () => {
  const values = [1.1, 1.2, 1016.8];
  const write: Given = {
    experiment: "write",
    factors: { storage: "overlayfs" },
    metric: "write_speed_mbps",
    unit: "MB/s",
    values,
  };
  const drawing = drawn(writePerformance, [subject("there", [write])]);
  expect(rowsWith(panelsOf(drawing)[0], "offset_px").map(({ value }) => value)).toEqual(values);
  expect(captionOf(drawing)).toContain("values near 1 are GB/s, not MB/s");
});

describe("a reader finds", () => {
  const memory = (containers: string): Given => ({
    ...{ experiment: "memory", factors: { containers }, metric: "pss_mb", unit: "MB a container", values: TEN },
  });

  test("conditions by their size, whatever the order in which they were measured, and numbers with what they count", () => {
    const drawing = drawn(memorySharing, [subject("here", ["10", "3 images", "1", "3"].map(memory))]);
    expect(rowsWith(panelsOf(drawing)[0], "median").map(({ name }) => name)).toEqual([
      ...["containers 1", "containers 3", "3 images", "containers 10"],
    ]);
    const warm = (image: string): Given => ({
      ...{ experiment: "startup", factors: { image, mode: "warm" }, metric: "total_ms", unit: "ms", values: TEN },
    });
    const starts = drawn(warmStartLatency, [subject("here", ["large", "other", "small"].map(warm))]);
    expect(rowsWith(panelsOf(starts)[0], "median").map(({ name }) => name)).toEqual(["small", "large", "other"]);
  });

  test("every dot above the interval, so that none is hidden by it", () => {
    const [panel] = panelsOf(drawn(memorySharing, [subject("here", [{ ...memory("1"), values: new Array(200).fill(7) }])]));
    type Layer = {
      mark: { type: string; yOffset: number; size: number };
      encoding: { yOffset: { scale: Record<string, number[]> } };
    };
    const layers = panel?.layer as unknown as Layer[];
    const [dots, rule] = ["circle", "rule"].map((type) => layers.find(({ mark }) => mark.type === type)) as [Layer, Layer];
    // Offsets count from the middle of the row; the scale says where that is. A circle's size is its area.
    const { domain = [], range = [] } = dots.encoding.yOffset.scale;
    const middle = (range[0] as number) - (domain[0] as number) - (domain[1] as number);
    const offsets = rowsWith(panel, "offset_px").map(({ offset_px }) => Number(offset_px));
    expect(offsets).toHaveLength(200);
    expect(middle + Math.max(...offsets) + Math.sqrt(dots.mark.size / Math.PI)).toBeLessThan(rule.mark.yOffset);
  });

  test("what the study measured under a name of ours, in place of what ours is", () => {
    const file = { file: "100 MB" };
    const theirs = subject("theirs", [{ experiment: "copy-up", factors: file, metric: "copyup_ms", unit: "ms", values: TEN }]);
    const ours = subject("ours", [{ experiment: "copy-up", factors: file, metric: "first_write_ms", unit: "ms", values: TEN }]);
    const [alone, both] = [captionOf(drawn(copyUp, [theirs])), captionOf(drawn(copyUp, [ours, theirs]))];
    expect(alone).toContain("nothing was copied up");
    expect(alone).not.toContain("writing one byte");
    expect(both).toContain("writing one byte");
    expect(both).toContain("nothing was copied up");
  });

  test("round trips to a host somewhere else apart from those to the engine's own", () => {
    const trips = (experiment: Given["experiment"], factors: Record<string, string>): Given[] =>
      ["median_us", "p99_us", "lost_pct"].map((metric) => ({ experiment, factors, metric, unit: "µs", values: TEN }));
    const here = subject("here", [
      ...trips("network-target", { network: "bridge", target: "a.example" }),
      ...trips("network", { network: "bridge", protocol: "icmp" }),
    ]);
    const drawing = drawn(networkToTarget, [here]);
    expect(panelsOf(drawing)).toHaveLength(1);
    expect(rowsWith(panelsOf(drawing)[0], "median").map(({ name }) => name)).toEqual(["bridge a.example"]);
    expect(networkToTarget([subject("bare", [])])).toEqual({ absent: "bare has no measurement of network-target" });
  });
});

test("a zero is drawn on a linear axis beside a logarithmic one, and both say which they are", () => {
  const rung = (metric: string, values: readonly number[]): Given => ({
    ...{ experiment: "ladder", factors: { rung: "exec" }, metric, unit: "ms", values },
  });
  const drawing = drawn(ladder, [
    subject("here", [rung("to_first_byte_ms", [0, 0, 0, ...TEN]), rung("to_end_ms", [1, ...TEN, 500])]),
  ]);
  const panels = JSON.parse(JSON.stringify(panelsOf(drawing))) as unknown[];
  const [first, second] = panels.map((panel) => JSON.stringify(panel));
  expect(first).toContain('"type":"linear"');
  expect(first).not.toContain("log scale");
  expect(second).toContain("log scale");
  expect(rowsWith(panelsOf(drawing)[0], "offset_px")).toHaveLength(13);
});

describe("what a figure says of its numbers", () => {
  const warm = (label: string, values: readonly number[], image = "small") =>
    subject(label, [{ experiment: "startup", factors: { image, mode: "warm" }, metric: "total_ms", unit: "ms", values }]);
  const near = Array.from({ length: 40 }, (_, index) => 100 + (index % 10));

  test("one outlier does not take the width: the scale ends before it, which is named at its end", () => {
    const drawing = drawn(warmStartLatency, [warm("here", [...near, 5000])]);
    const [panel] = panelsOf(drawing);
    expect(rowsWith(panel, "offset_px")).toHaveLength(40);
    expect(rowsWith(panel, "above")[0]).toMatchObject({ above: "5000 ▸", below: "" });
    const end = Number(/"domain":\[[\d.]+,([\d.]+)\]/.exec(JSON.stringify(panel))?.[1]);
    expect(end).toBeLessThan(150);
    expect(captionOf(drawing)).toContain("values beyond the scale");
  });

  test("many values far out are no outliers, and are shown", () => {
    const [panel] = panelsOf(drawn(warmStartLatency, [warm("here", [...near, ...near.map((value) => 9 * value)])]));
    expect(rowsWith(panel, "offset_px")).toHaveLength(80);
  });

  test("its title has the medians, and claims no difference where there is no verdict", () => {
    expect(drawn(warmStartLatency, [warm("here", near)]).title).toBe("Warm start: median 104.5 ms");
    const two = drawn(warmStartLatency, [
      warm("here", near),
      warm(
        "there",
        near.map((value) => value + 50),
      ),
    ]);
    expect(two.title).toBe("Warm start, small: medians 104.5 (here) to 154.5 ms (there)");
    expect(two.title).not.toMatch(/faster|slower|differ/);
  });

  test("few trials are said to be few on the picture itself", () => {
    expect(keyOf(drawn(warmStartLatency, [warm("here", [1, 2, 3])]))).toContain("Fewer than 6 trials");
    expect(keyOf(drawn(warmStartLatency, [warm("here", near)]))).not.toContain("Fewer");
  });

  test("shares end at 100 %", () => {
    const share: Given = {
      experiment: "memory",
      factors: { containers: "3" },
      metric: "sharing_pct",
      unit: "% of resident pages",
      values: [40.5, 41.5, 99.5],
    };
    expect(JSON.stringify(drawn(memorySharing, [subject("here", [share])]).pages)).toMatch(/"domain":\[39\.\d+,100\]/);
  });
});

const idle = (label: string, each: number) =>
  subject(
    label,
    [0, 10, 50].map((count) => ({
      ...{ experiment: "density" as const, factors: { idle: `${count} idle` }, metric: "total_ms", unit: "ms" },
      values: TEN.map((value) => 200.5 + value + each * count),
    })),
  );

test("more and more of something: the line of medians, and by how much each one more moves them", () => {
  const drawing = drawn(densityOfContainers, [idle("here", 2)]);
  expect(drawing.title).toBe("Each further idle container: +2.00 ms (medians, from 0 to 50)");
  const [, panel] = panelsOf(drawing);
  expect(rowsWith(panel, "median").map(({ at, median }) => [at, median])).toEqual([
    [0, 206],
    [10, 226],
    [50, 306],
  ]);
  expect(rowsWith(panel, "step").map(({ step }) => step)).toEqual(["+2.00", "+2.00"]);
  expect(drawn(densityOfContainers, [idle("here", 2), idle("there", 1)]).title).toBe(
    "Each further idle container: +1.00 ms (there) to +2.00 ms (here)",
  );
  expect(drawn(densityOfContainers, [idle("here", 2), idle("there", 2.0004)]).title).toBe(
    "Each further idle container: +2.00 ms on both platforms (medians, from 0 to 50)",
  );
  // Where the intervals of the first and the last median meet, no difference is stated.
  expect(drawn(densityOfContainers, [idle("here", -0.01)]).title).toBe(
    "Each further idle container: no certain difference (medians, from 0 to 50)",
  );
  expect(drawn(densityOfContainers, [idle("here", 2), idle("there", 0.01)]).title).toBe(
    "Each further idle container: no certain difference (there) to +2.00 ms (here)",
  );
});

test("a title of more and more names what is certain, also where the least and the greatest are not", () => {
  const wide = (label: string, more: number): Subject => {
    const values = (idle: number) => Array.from({ length: 20 }, (_, index) => 200.5 + more * idle + 40 * (index % 10));
    return subject(
      label,
      [0, 50].map((idle) => ({
        experiment: "density",
        factors: { idle: String(idle) },
        metric: "total_ms",
        unit: "ms",
        values: values(idle),
      })),
    );
  };
  const title = drawn(densityOfContainers, [wide("less", -0.2), idle("certain", 1), wide("more", 2)]).title;
  expect(title).toBe("Each further idle container: +1.00 ms (certain), the largest that is certain on 3 platforms");
});

test("in a figure of more and more, what lies beyond the scale is marked where it belongs, and named in the heading", () => {
  const starts = (count: number, values: readonly number[]): Given => ({
    ...{ experiment: "density", factors: { idle: `${count} idle` }, metric: "total_ms", unit: "ms", values },
  });
  const near = Array.from({ length: 40 }, (_, index) => 200.5 + (index % 10));
  const drawing = drawn(densityOfContainers, [subject("here", [starts(0, near), starts(50, [...near, 9000.5])])]);
  const [, panel] = panelsOf(drawing);
  expect(panel?.title?.text).toContain("(50: 9001 ▴)");
  const marks = panel?.layer.filter((layer) => "mark" in layer && (layer.mark as { text?: string }).text === "▴") ?? [];
  expect(marks.flatMap(({ data }) => data?.values)).toEqual([{ name: "here", at: 50 }]);
  expect(rowsWith(panel, "value").every(({ value }) => Number(value) < 300)).toBe(true);
  expect(captionOf(drawing)).toContain("▾ ▴ with numbers");
  expect(captionOf(drawn(densityOfContainers, [subject("here", [starts(0, near), starts(50, near)])]))).not.toContain("▴");
});

test("no line of a title ends between a number and its unit", () => {
  const limits = ["0.25", "a-condition-with-a-name-so-long-that-the-title-has-two-lines-or-more"].map((limit, index) => ({
    ...{ experiment: "cpu-throttling" as const, factors: { limit }, metric: "cpus", unit: "CPUs" },
    values: TEN.map((value) => (index + 1) * (1.5 + value / 1e3)),
  }));
  const lines = drawn(cpuThrottling, [subject("here", limits)]).pages.flatMap(
    ({ spec }) => (spec.title as { text: string[] }).text,
  );
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join(" ")).toContain("3.01\u00a0CPUs");
  for (const line of lines) expect(line).not.toMatch(/\d$/);
});

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPlatforms } from "../edges/reading/read-results.ts";
import { readStudyPlatform } from "../edges/reading/read-study.ts";
import { committedResults, toolVersion } from "../edges/repository.ts";
import { timeOrder } from "../samples/time-order.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { toSubject } from "../subjects/to-subject.ts";
import { summarise } from "../summaries/summarise.ts";
import { inOrder, measurement, scattered } from "../testing/measurement.ts";
import { paperData } from "../testing/paper-data.ts";
import { detect } from "./detect.ts";
import { type Finding, fewRows, listed } from "./finding.ts";
import { identifyStatistic } from "./identify-statistic.ts";

const findingsOf = (platform: string): readonly Finding[] => {
  const [source] = readPlatforms([platform], { resultsFolder: committedResults(), toolVersion: toolVersion() }, (_, error) => {
    throw error;
  });
  if (source === undefined) throw new Error(`no platform ${platform}`);
  return summarise(toSubject(source)).findings;
};
const brief = (findings: readonly Finding[]): string[] =>
  findings.map(({ detector, experiment, condition, metric }) =>
    detector === "condition-order" ? `${detector}: ${experiment}` : `${detector}: ${experiment} ${condition} ${metric}`,
  );

const data = (measurements: readonly Measurement[]) => ({
  measurements,
  timeOrders: measurements.map(({ values }) => (values.length === 0 ? null : timeOrder(values))),
  run_seconds: null,
});

describe("a clean platform", () => {
  const factors = ["a", "b", "c"].flatMap((image) => ["warm", "cold"].map((mode) => ({ image, mode })));

  test.each([6, 20, 50, 200])("of %d trials in each condition raises no finding", (n) => {
    const clean = factors.map((each, seed) =>
      measurement(scattered(seed, n, each.mode === "warm" ? 300 : 900), { factors: each }),
    );
    expect(detect(data(inOrder(clean, "alternating")))).toEqual([]);
  });

  test("our own raises none", () => {
    expect(brief(findingsOf("debian12-docker20"))).toEqual([]);
  });

  test("may be empty", () => {
    expect(detect(data([]))).toEqual([]);
  });
});

describe("one finding a defect", () => {
  test("a metric that is computed from another is reported once, and not searched", () => {
    const times = scattered(1).map((value, index) => (index % 5 === 0 ? 0 : value));
    const both = [
      measurement(times, { metric: "ms" }),
      measurement(
        times.map((value) => Math.round(value * 1000)),
        { metric: "us", unit: "µs" },
      ),
    ];
    expect(brief(detect(data(both)))).toEqual(["clamped-at-zero: startup small ms", "derived-metric: startup small us"]);
  });

  test("defects come before cautions", () => {
    const slow = measurement(scattered(1, 50, 1000), { factors: { mode: "warm" } });
    const fast = measurement(scattered(2, 50, 500), { factors: { mode: "cold" } });
    expect(detect(data(inOrder([slow, fast], "one after the other"))).map(({ severity }) => severity)).toEqual([
      "defect",
      "caution",
    ]);
  });

  test("rows and conditions are listed, but not all of a thousand", () => {
    expect(fewRows([9, 3, 7, 1, 5, 8])).toEqual([1, 3, 5, 7, 8]);
    expect(listed(["a", "b", "c", "d", "e"])).toBe("a, b, c, d, e");
    expect(listed(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d and 2 more");
  });
});

describe.skipIf(paperData === undefined)("the study's own data (set TIERBENCH_PAPER_DATA where it is not at hand)", () => {
  const study = (platform: string): readonly Finding[] => findingsOf(join(paperData as string, platform));
  const everywhere = [
    "derived-metric: cpu-throttling 50 % variance_pct",
    "derived-metric: memory 3 containers per_container_mem_mb",
    "condition-order: startup",
    "condition-order: write",
    "condition-order: metadata",
    "condition-order: pull",
    "condition-order: network",
  ];

  test("azure-premium-ssd", () => {
    expect(brief(study("azure-premium-ssd"))).toEqual([
      "lost-unit: write overlayfs, volume write_speed_mbps",
      "clamped-at-zero: metadata volume 500 files duration_ms",
      ...everywhere,
      "dependent-trials: startup nginx cold startup_ms",
    ]);
  });

  test("azure-standard-hdd", () => {
    expect(brief(study("azure-standard-hdd"))).toEqual([
      "lost-unit: write overlayfs, volume write_speed_mbps",
      "clamped-at-zero: metadata overlayfs 500 files, volume 500 files duration_ms",
      ...everywhere,
      "level-shift: startup python_3.11-slim warm startup_ms",
      "level-shift: cpu-throttling 50 % measured_pct",
    ]);
  });

  test("macos-docker-desktop", () => {
    expect(brief(study("macos-docker-desktop"))).toEqual([
      "clamped-at-zero: copy-up 100 MB copyup_ms",
      "clamped-at-zero: metadata overlayfs 500 files, volume 500 files duration_ms",
      "cold-faster-than-warm: startup alpine cold, nginx cold, python_3.11-slim cold startup_ms",
      "missing-trials: namespaces namespace_create duration_ms",
      ...everywhere,
    ]);
  });

  test("the lost unit is seen in the values and by the run's clock", () => {
    const [ssd, hdd] = ["azure-premium-ssd", "azure-standard-hdd"].map((platform) => study(platform)[0]);
    expect(ssd?.numbers).toMatchObject({ factor: 1000, run_s: 2414 });
    expect(hdd?.numbers).toMatchObject({ factor: 1000, run_s: 3131 });
    for (const finding of [ssd, hdd]) {
      expect(finding?.numbers.implied_s).toBeGreaterThan(3 * (finding?.numbers.run_s as number));
      expect(finding?.evidence).toMatch(/overlayfs 49 of 50, volume 1 of 50/);
    }
    // The first volume and the one overlay value that stand at the other scale.
    expect([ssd?.rows, hdd?.rows]).toEqual([
      [2, 87],
      [2, 71],
    ]);
  });

  test("the published 9.5 is the ratio of standard deviations, not of variances", () => {
    const measured = (platform: string): readonly number[] => {
      const { files } = readStudyPlatform(join(paperData as string, platform));
      const throttling = files.flatMap(({ content }) => ("problem" in content ? [] : content.measurements));
      return throttling.find(({ metric }) => metric === "measured_pct")?.values ?? [];
    };
    const ratios = identifyStatistic(9.5, 1, measured("macos-docker-desktop"), measured("azure-premium-ssd"));
    const matching = ratios.filter(({ matches }) => matches).map(({ statistic }) => statistic);
    expect(matching).toContain("standard deviation");
    expect(matching).not.toContain("variance");
    expect(ratios.find(({ statistic }) => statistic === "variance")?.ratio).toBeCloseTo(9.53 ** 2, -1);
  });

  test("zeros are counted as they stand in the files", () => {
    const zeros = study("macos-docker-desktop").filter(({ detector }) => detector === "clamped-at-zero");
    expect(zeros.map(({ numbers }) => [numbers.zeros, numbers.n])).toEqual([
      [12, 50],
      [56, 100],
    ]);
  });

  test("a computed metric is reported with its formula", () => {
    const derived = study("azure-premium-ssd").filter(({ detector }) => detector === "derived-metric");
    expect(derived.map(({ summary }) => summary.split(":")[0])).toEqual([
      "cpu-throttling variance_pct is measured_pct − 50",
      "memory per_container_mem_mb is total_mem_mb / 3",
    ]);
  });
});

/** Every rule comes out either way: on studies that a test made up. */

import { describe, expect, test } from "vitest";
import { audit } from "./audit.ts";
import type { AuditedStudy } from "./audited-study.ts";
import type { Assessment, Claim } from "./claim.ts";
import { CLAIMS } from "./claims/catalogue.ts";
import { assessMachineRatio } from "./claims/machine-ratio.ts";
import { type Bearing, verdict } from "./reason.ts";
import { inTurn, interleaved, madeMachine, madeStudy, sampleOf } from "./testing/synthetic-study.ts";

const claim = (id: string): Claim => CLAIMS.find((each) => each.id === id) as Claim;
const subject = { arxiv: "0000.00000", repository: "owner/name", commit: "0".repeat(40) };
const judged = (id: string, study: AuditedStudy) => {
  const [result] = audit([claim(id)], study, { subject, dataFolder: "data", ours: [] }).claims;
  return result as NonNullable<typeof result>;
};
const bearings = ({ reasons }: Pick<Assessment, "reasons">): Bearing[] => reasons.map(({ bearing }) => bearing);

test("the heaviest reason decides", () => {
  const of = (...all: Bearing[]) => verdict(all.map((bearing) => ({ bearing, text: "", numbers: {} })));
  expect(of("supports", "limits")).toBe("reproduced");
  expect(of("supports", "limits", "undercuts")).toBe("arithmetic-only");
  expect(of("undercuts", "contradicts", "supports")).toBe("refuted");
  expect(of("contradicts", "missing")).toBe("not-testable");
});

describe("image size", () => {
  const startups = (means: readonly [number, number, number], rows = interleaved) =>
    madeStudy(
      madeMachine("azure-premium-ssd", {
        files: {
          "01-startup-latency.csv": rows(
            {
              "alpine,warm": sampleOf(50, means[0], 10, 1),
              "nginx,warm": sampleOf(50, means[1], 10, 2),
              "python_3.11-slim,warm": sampleOf(50, means[2], 10, 3),
            },
            7,
          ),
        },
      }),
    );

  test("reproduced: images in turns, 2.5 % apart, equal within 5 %", () => {
    expect(judged("image-size", startups([400, 405, 410])).verdict).toBe("reproduced");
  });

  test("arithmetic-only: the same numbers, one image after the other", () => {
    expect(judged("image-size", startups([400, 405, 410], inTurn))).toMatchObject({ verdict: "arithmetic-only" });
  });

  test("arithmetic-only: the same spread against size", () => {
    expect(judged("image-size", startups([410, 405, 400]))).toMatchObject({ verdict: "arithmetic-only" });
  });

  test("refuted: another spread", () => {
    expect(judged("image-size", startups([400, 420, 480]))).toMatchObject({
      verdict: "refuted",
      recomputed: expect.closeTo(20, 6),
    });
  });
});

describe("machines of two kinds", () => {
  const INFO = "--- CPU ---\nmodel name\t: a processor\nCPU cores: 2\n\n--- Kernel ---\n6.8\n";
  const machine = (label: string, center: number, info = INFO) =>
    madeMachine(label, {
      files: { "01-startup-latency.csv": inTurn({ "alpine,warm": sampleOf(50, center, 20, 5) }) },
      info,
    });
  const assess = (slow: [string, ...string[]], fast: [string, ...string[]], study: AuditedStudy) =>
    assessMachineRatio(study, {
      ...{ slow, fast, cause: "the disk", ofTheCause: [] },
      published: { text: "2.00×", value: 2, unit: "×", decimals: 2, source: "here" },
    });

  test("reproduced: several of each kind, equal but for the cause", () => {
    const study = madeStudy(machine("hdd", 800), machine("hdd-2", 820), machine("ssd", 400), machine("ssd-2", 390));
    const assessment = assess(["hdd", "hdd-2"], ["ssd", "ssd-2"], study);
    expect(verdict(assessment.reasons)).toBe("reproduced");
    expect(assessment.recomputed).toBeCloseTo(2, 6);
  });

  test("arithmetic-only: one of each kind, however alike they are", () => {
    const study = madeStudy(machine("hdd", 800), machine("ssd", 400));
    expect(bearings(assess(["hdd"], ["ssd"], study)).filter((bearing) => bearing === "undercuts")).toHaveLength(1);
    expect(verdict(assess(["hdd"], ["ssd"], study).reasons)).toBe("arithmetic-only");
  });

  test("arithmetic-only: several of each kind that differ in something else", () => {
    const other = INFO.replace("a processor", "another");
    const study = madeStudy(machine("hdd", 800, other), machine("hdd-2", 820, other), machine("ssd", 400), machine("ssd-2", 390));
    const { reasons } = assess(["hdd", "hdd-2"], ["ssd", "ssd-2"], study);
    expect(verdict(reasons)).toBe("arithmetic-only");
    expect(reasons.find(({ bearing }) => bearing === "undercuts")?.text).toContain("processor (another; a processor)");
  });

  test("refuted: another ratio; or the other direction; or kinds that overlap", () => {
    const ratio = (hdd: number, ssd: number) =>
      verdict(assess(["hdd"], ["ssd"], madeStudy(machine("hdd", hdd), machine("ssd", ssd))).reasons);
    expect(ratio(800, 300)).toBe("refuted");
    expect(ratio(400, 800)).toBe("refuted");
    const overlap = madeStudy(machine("hdd", 800), machine("hdd-2", 380), machine("ssd", 400), machine("ssd-2", 390));
    expect(verdict(assess(["hdd", "hdd-2"], ["ssd", "ssd-2"], overlap).reasons)).toBe("refuted");
  });
});

describe("throttling variance", () => {
  const machine = (label: string, sd: number, seed: number) =>
    madeMachine(label, {
      files: {
        "03-cpu-throttling.csv": sampleOf(50, 55, sd, seed).map(
          (pct, index) => `${index + 1},50.00,${pct.toFixed(6)},${(pct - 50).toFixed(6)}`,
        ),
      },
    });
  const study = (macos: number, ssd: number, hdd: number) =>
    madeStudy(
      machine("macos-docker-desktop", macos, 1),
      machine("azure-premium-ssd", ssd, 2),
      machine("azure-standard-hdd", hdd, 3),
    );

  test("reproduced: variances 9.5 times apart, on both machines with native Linux", () => {
    expect(judged("throttling-variance", study(3 * Math.sqrt(9.5), 3, 3))).toMatchObject({
      verdict: "reproduced",
      recomputed: expect.closeTo(9.5, 3),
    });
  });

  test("arithmetic-only: it is the standard deviations that are 9.5 times apart", () => {
    const result = judged("throttling-variance", study(9.5, 1, 1));
    expect(result.verdict).toBe("arithmetic-only");
    expect(result.reasons.filter(({ bearing }) => bearing === "undercuts").map(({ text }) => text)).toEqual([
      expect.stringMatching(/that of the standard deviation \(9\.50\); that of the variances is 90\.[23]/),
    ]);
  });

  test("arithmetic-only: true of one machine with native Linux alone", () => {
    expect(judged("throttling-variance", study(3 * Math.sqrt(9.5), 3, 9)).verdict).toBe("arithmetic-only");
  });

  test("refuted: nothing is 9.5 times apart", () => {
    expect(judged("throttling-variance", study(6, 3, 3)).verdict).toBe("refuted");
  });
});

describe("OverlayFS", () => {
  const study = (overlayfs: readonly number[], volume: readonly number[], run_seconds: number) =>
    madeStudy(
      madeMachine("azure-premium-ssd", {
        run_seconds,
        files: { "04-write-performance.csv": interleaved({ overlayfs, volume }, 3) },
      }),
    );
  const volume = sampleOf(50, 190, 10, 1);

  test("reproduced: as slow as that, and the run lasted as long as that takes", () => {
    const result = judged("overlayfs-writes", study(sampleOf(50, 1.1, 0.05, 2), volume, 20_000));
    expect(result.verdict).toBe("reproduced");
    expect(result.recomputed).toBeCloseTo(Math.log10(190 / 1.1), 2);
  });

  test("refuted: the run was too short for it", () => {
    expect(judged("overlayfs-writes", study(sampleOf(50, 1.1, 0.05, 2), volume, 2_400)).verdict).toBe("refuted");
  });

  test("refuted: values at two scales, and no clock needed", () => {
    const mixed = sampleOf(50, 1.1, 0.05, 2).map((speed, index) => (index % 10 === 3 ? 1000 + index : speed));
    const result = judged("overlayfs-writes", study(mixed, volume, 20_000));
    expect(result.verdict).toBe("refuted");
    expect(result.reasons.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/with the unit restored .* OverlayFS \/ volume is 5\.9/),
    );
  });

  test("refuted: equally fast", () => {
    expect(judged("overlayfs-writes", study(sampleOf(50, 180, 10, 2), volume, 20_000)).verdict).toBe("refuted");
  });
});

describe("namespaces", () => {
  const study = (namespaces: number, startup: number) =>
    madeStudy(
      ...["azure-premium-ssd", "azure-standard-hdd"].map((label, index) =>
        madeMachine(label, {
          files: {
            "07-namespace-overhead.csv": inTurn({ namespace_create: sampleOf(50, namespaces, 0.5, index + 1) }),
            "01-startup-latency.csv": inTurn({ "alpine,warm": sampleOf(50, startup, 20, index + 3) }),
          },
        }),
      ),
    );

  test("refuted outside the published numbers", () => {
    expect(judged("namespace-time", study(12, 600)).verdict).toBe("refuted");
    expect(judged("namespace-share", study(12, 600)).verdict).toBe("refuted");
  });

  test("inside them what is timed is still a whole process: that is a fact of the script, whatever the data", () => {
    expect(judged("namespace-time", study(9, 1000)).verdict).toBe("arithmetic-only");
    expect(judged("namespace-share", study(9, 1000))).toMatchObject({
      verdict: "arithmetic-only",
      recomputed: expect.closeTo(0.9, 6),
    });
  });
});

describe("sampling", () => {
  const machine = (
    label: string,
    cold: number,
    values: (n: number, seed: number) => number[] = (n, seed) => sampleOf(n, 50, 5, seed),
  ) => {
    const one = (prefix: string, seed: number, suffix = "") =>
      values(50, seed).map((value, index) => `${index + 1},${prefix}${value.toFixed(4)}${suffix}`);
    return madeMachine(label, {
      files: {
        "01-startup-latency.csv": inTurn({ "alpine,warm": values(50, 1), "alpine,cold": values(cold, 2) }),
        "02-copyup-overhead.csv": one("100,", 3),
        "03-cpu-throttling.csv": values(50, 4).map(
          (value, index) => `${index + 1},50.00,${value.toFixed(4)},${(value - 50).toFixed(4)}`,
        ),
        "04-write-performance.csv": one("overlayfs,", 5),
        "05-metadata-operations.csv": one("overlayfs,500,", 6),
        "06-image-pull-time.csv": one("alpine,", 7),
        "07-namespace-overhead.csv": one("namespace_create,", 8),
        "08-network-latency.csv": one("bridge,", 9),
        "09-memory-efficiency.csv": values(50, 10).map(
          (value, index) => `${index + 1},3,${value.toFixed(4)},${(3 * value).toFixed(4)}`,
        ),
      },
    });
  };
  const study = (...[cold, values]: [number, ((n: number, seed: number) => number[])?]) =>
    madeStudy(
      ...["azure-premium-ssd", "azure-standard-hdd", "macos-docker-desktop"].map((label) => machine(label, cold, values)),
    );

  test("50 iterations: reproduced where it is so everywhere, refuted where it is not", () => {
    expect(judged("iterations", study(50))).toMatchObject({ verdict: "reproduced", recomputed: [50, 50] });
    const fewer = judged("iterations", study(20));
    expect(fewer).toMatchObject({ verdict: "refuted", recomputed: [20, 50] });
    expect(fewer.reasons[0]?.text).toContain(
      "27 of 30 conditions have 50 trials; the others have 20 in startup cold (3 conditions)",
    );
  });

  test("z intervals: reproduced for independent trials, undercut where they depend on each other", () => {
    expect(judged("z-intervals", study(20))).toMatchObject({ verdict: "reproduced" });
    const drifting = (n: number, seed: number) => sampleOf(n, 50, 5, seed).map((value, index) => value + index);
    expect(judged("z-intervals", study(20, drifting))).toMatchObject({ verdict: "arithmetic-only" });
  });
});

describe("what is missing", () => {
  test("makes its claims not testable, each with the reason", () => {
    const study = {
      ...madeStudy(),
      // Figure 7 alone speaks of Docker Desktop alone.
      unread: ["azure-premium-ssd", "macos-docker-desktop"].map((platform) => ({
        platform,
        reason: `data/${platform}: no such folder`,
      })),
    };
    const { claims } = audit(CLAIMS, study, { subject, dataFolder: "data", ours: [] });
    expect(claims.map(({ verdict }) => verdict)).toEqual(CLAIMS.map(() => "not-testable"));
    for (const { id, recomputed, reasons } of claims) {
      expect(recomputed).toBeNull();
      const platform = id === "figure-seven" ? "macos-docker-desktop" : "azure-premium-ssd";
      expect(reasons.map(({ text }) => text)).toContain(`data/${platform}: no such folder`);
    }
  });

  test("a condition without a value is named", () => {
    const machine = madeMachine("azure-premium-ssd", {
      files: { "04-write-performance.csv": ["1,overlayfs,N/A", "1,volume,190"] },
    });
    expect(judged("overlayfs-writes", madeStudy(machine))).toMatchObject({
      verdict: "not-testable",
      reasons: expect.arrayContaining([
        {
          bearing: "missing",
          text: "azure-premium-ssd/04-write-performance.csv: no value of write_speed_mbps for overlayfs",
          numbers: {},
        },
      ]),
    });
  });
});

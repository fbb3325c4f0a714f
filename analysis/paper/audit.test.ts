/** The audit of the study's own data: verdicts, and the numbers that they rest on. */
import { beforeAll, describe, expect, test } from "vitest";
import { readMachines } from "../edges/reading/read-machines.ts";
import { readPlatforms } from "../edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../edges/repository.ts";
import { toSubject } from "../subjects/to-subject.ts";
import { paperData } from "../testing/paper-data.ts";
import { type Audit, type AuditedClaim, audit } from "./audit.ts";
import { CLAIMS } from "./claims/catalogue.ts";
import type { Bearing } from "./reason.ts";
import { STUDY } from "./source.ts";

describe.skipIf(paperData === undefined)("the study's own data", () => {
  let result: Audit;
  beforeAll(() => {
    const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
    const ours = readPlatforms(["debian12-docker20"], place, (_, error) => {
      throw error;
    }).map(toSubject);
    result = audit(CLAIMS, readMachines(paperData as string, STUDY.sha256), { subject: STUDY, dataFolder: "paper-data", ours });
  });

  const claim = (id: string): AuditedClaim => result.claims.find((each) => each.id === id) as AuditedClaim;
  const texts = (id: string, bearing: Bearing): string[] =>
    claim(id)
      .reasons.filter((each) => each.bearing === bearing)
      .map(({ text }) => text);
  /** Of the one reason whose text it matches. */
  const numbers = (id: string, text: RegExp): Readonly<Record<string, number>> => {
    const found = claim(id).reasons.filter((each) => text.test(each.text));
    expect(found).toHaveLength(1);
    return found[0]?.numbers ?? {};
  };

  test("all is there and as published", () => {
    expect(result.problems).toEqual([]);
    expect(result.platforms).toEqual(["azure-premium-ssd", "azure-standard-hdd", "macos-docker-desktop"]);
  });

  test("verdicts", () => {
    expect(Object.fromEntries(result.claims.map(({ id, verdict }) => [id, verdict]))).toEqual({
      "image-size": "arithmetic-only",
      "storage-tier": "arithmetic-only",
      "docker-desktop": "arithmetic-only",
      "throttling-variance": "arithmetic-only",
      "overlayfs-writes": "refuted",
      "namespace-time": "arithmetic-only",
      "namespace-share": "arithmetic-only",
      iterations: "refuted",
      "z-intervals": "arithmetic-only",
      decomposing: "refuted",
      dimensions: "refuted",
      "figure-seven": "refuted",
      "engine-version": "refuted",
    });
  });

  test("every number that was published is recomputed, and lies in its own interval", () => {
    // What figure 7 shows of Docker Desktop was never measured.
    expect(claim("figure-seven").recomputed).toBeNull();
    for (const { id, recomputed, recomputed_ci } of result.claims.filter((each) => each.id !== "figure-seven")) {
      expect(recomputed, id).not.toBeNull();
      if (recomputed_ci === null || typeof recomputed !== "number") continue;
      expect(recomputed_ci[0], id).toBeLessThan(recomputed);
      expect(recomputed_ci[1], id).toBeGreaterThan(recomputed);
    }
  });

  test("image size: 2.5 % is right; images one after the other, the largest the fastest, and elsewhere six times as much", () => {
    expect(claim("image-size").recomputed).toBeCloseTo((100 * (567.62 - 553.57)) / 553.57, 1);
    expect(texts("image-size", "undercuts")).toEqual([
      expect.stringContaining("the largest image starts faster than the smallest"),
      expect.stringContaining("conditions were measured one after the other"),
    ]);
    expect(numbers("image-size", /the same spread is/)).toEqual({
      "azure-standard-hdd": expect.closeTo(15.27, 2),
      "macos-docker-desktop": expect.closeTo(21.69, 2),
    });
    expect(numbers("image-size", /are the same within 5\.0 %/)).toMatchObject({ ratio: expect.closeTo(1.0275, 4) });
  });

  test("storage tier: 1157.49 / 567.62, one machine of each kind, and a loop without a disk differs too", () => {
    expect(claim("storage-tier").recomputed).toBeCloseTo(1157.49 / 567.62, 4);
    expect(texts("storage-tier", "undercuts")).toEqual([expect.stringContaining("one machine of each kind")]);
    expect(texts("storage-tier", "limits").join("\n")).toMatch(
      /2\.28 for nginx.*2\.41 for python.*\n.*disk type HDD.*\n.*no disk is used/,
    );
  });

  test("Docker Desktop: 1528.09 / 567.62; another processor, engine and kernel; cold starts in half the time of warm ones", () => {
    expect(claim("docker-desktop").recomputed).toBeCloseTo(1528.09 / 567.62, 4);
    const [one, machines, cold] = texts("docker-desktop", "undercuts");
    expect(one).toContain("one machine of each kind");
    expect(machines).toContain("processor (Apple M1 Pro; Intel(R) Xeon(R) Platinum 8171M CPU @ 2.60GHz)");
    expect(machines).toContain("engine (28.4.0; 28.2.2)");
    expect(cold).toContain("cold is better than warm");
    expect(numbers("docker-desktop", /cold is better than warm/).ratio).toBeCloseTo(0.503, 2);
  });

  test("throttling: 36.14 / 3.79 are standard deviations; of the variances 90.7; against the HDD machine 2.2", () => {
    expect(claim("throttling-variance").recomputed).toBeCloseTo(36.14 / 3.79, 1);
    expect(numbers("throttling-variance", /called a ratio of variances/).variances).toBeCloseTo(9.5238 ** 2, 2);
    expect(numbers("throttling-variance", /the other machine with native Linux/).ratio).toBeCloseTo(36.14 / 16.24, 1);
    expect(numbers("throttling-variance", /counted further/)).toMatchObject({ above_100_pct: 8, n: 100, most: 247.77 });
    expect(numbers("throttling-variance", /a clock of whole seconds/).clock_sd).toBeCloseTo(14.633, 3);
  });

  test("OverlayFS: 176 times by the medians; a lost unit; with it 5.8 and 9.7 times as fast as the volume", () => {
    expect(claim("overlayfs-writes").recomputed).toBeCloseTo(Math.log10(194 / 1.1), 2);
    expect(texts("overlayfs-writes", "contradicts").map((text) => text.split(/[:,]/)[0])).toEqual(
      ["azure-premium-ssd", "azure-standard-hdd"].flatMap((label) => [label, label]),
    );
    expect(numbers("overlayfs-writes", /premium-ssd.*a unit seems to have been cut off/)).toMatchObject({ run_s: 2414 });
    expect(numbers("overlayfs-writes", /premium-ssd.*a unit seems to have been cut off/).implied_s).toBeGreaterThan(3 * 3600);
    expect(numbers("overlayfs-writes", /premium-ssd: with the unit restored/)).toMatchObject({
      overlayfs_mbps: expect.closeTo(1126.4, 6),
      ratio: expect.closeTo(5.8, 2),
    });
    expect(numbers("overlayfs-writes", /standard-hdd: with the unit restored/).ratio).toBeCloseTo(9.74, 2);
    expect(numbers("overlayfs-writes", /premium-ssd: the volume's first write/).first).toBe(1.1);
  });

  test("namespaces: the means round to 8 ms and 1.4 %, of a whole process", () => {
    expect(claim("namespace-time").recomputed).toEqual([expect.closeTo(7.94, 2), expect.closeTo(8.45, 2)]);
    expect(numbers("namespace-time", /trials lie below/)).toMatchObject({ below: 81, n: 100 });
    expect(texts("namespace-time", "undercuts")).toEqual([expect.stringContaining("unshare --pid --fork --mount-proc echo")]);
    expect(texts("namespace-time", "limits").join()).toContain("not measured on macos-docker-desktop");
    expect(claim("namespace-share").recomputed).toBeCloseTo((100 * 7.9402) / 567.62, 3);
    expect(numbers("namespace-share", /the upper end of 8–10 ms/).most_pct).toBeCloseTo(1000 / 567.62, 3);
  });

  test("sampling: 38 of 57 conditions have 50 trials; z and its constants cover 94.4 to 95 %", () => {
    expect(numbers("iterations", /conditions have 50 trials/)).toMatchObject({
      as_published: 38,
      conditions: 57,
      "20 startup cold": 20,
      "10 pull": 10,
    });
    const coverage = numbers("z-intervals", /for independent normal trials/);
    expect(coverage).toEqual({
      "n = 50": expect.closeTo(94.43, 3), // SciPy: 2 * t.cdf(1.96, 49) - 1
      "n = 20": expect.closeTo(94.504, 3), // SciPy: 2 * t.cdf(2.045, 19) - 1
      "n = 10": expect.closeTo(94.999, 3), // SciPy: 2 * t.cdf(2.262, 9) - 1
    });
    expect(texts("z-intervals", "undercuts")).toEqual([
      expect.stringContaining("startup nginx cold startup_ms: successive trials are correlated"),
    ]);
  });

  test("the study's tests: p printed as 0, none adjusted; none that was significant ceases to be", () => {
    const tested = { "storage-tier": 9, "docker-desktop": 9, "overlayfs-writes": 3 };
    for (const [id, tests] of Object.entries(tested))
      expect(numbers(id, /no p-value is adjusted/), id).toEqual({ tests, no_longer_significant: 0 });
    expect(numbers("storage-tier", /printed as 0/)).toEqual({ tests: 8 });
    expect(numbers("storage-tier", /fewer than two/)).toEqual({ tests: 1 });
    expect(numbers("overlayfs-writes", /printed as 0/)).toEqual({ tests: 2 });
    expect(claim("image-size").reasons.filter(({ text }) => text.includes("p-value"))).toEqual([]);
  });

  test("ours beside theirs where an experiment has measured it, and a note where none has", () => {
    const notes = Object.fromEntries(result.claims.map(({ id, re_measured }) => [id, re_measured?.note ?? null]));
    expect(notes).toMatchObject({ "image-size": null, "namespace-time": null, "docker-desktop": "not measured yet" });
    const [own] = claim("namespace-time").re_measured?.results ?? [];
    expect(own).toMatchObject({ platform: "debian12-docker20", unit: "ms" });
    expect(own?.value).toBeLessThan((claim("namespace-time").recomputed as readonly number[])[0] as number);
  });
});

/** What of ours stands beside a claim, and what does not. */

import { describe, expect, test } from "vitest";
import type { ExperimentName } from "../../research/protocol.ts";
import type { Subject } from "../subjects/subject.ts";
import { bareSubject } from "../testing/subjects.ts";
import { CLAIMS } from "./claims/catalogue.ts";
import { sampleOf } from "./testing/synthetic-study.ts";

describe("our own numbers", () => {
  const ours = (
    experiment: ExperimentName,
    metric: string,
    samples: readonly (readonly [Record<string, string>, readonly number[]])[],
  ): Subject =>
    bareSubject(
      "here",
      samples.map(([factors, values]) => ({
        ...{ experiment, metric, factors, condition: Object.values(factors).join(" "), unit: "", better: null },
        ...{ values, blocks: values.map((_, index) => index + 1), rows: values.map((_, index) => index + 1) },
      })),
    );
  const own = (id: string, subject: Subject) => CLAIMS.find((each) => each.id === id)?.remeasuring?.measure?.(subject);

  test("of throttling: the standard deviation under the study's limit, in per cent of a CPU", () => {
    const measured = own(
      "throttling-variance",
      ours("cpu-throttling", "cpus", [
        [{ limit: "0.5" }, sampleOf(30, 0.5, 0.02, 1)],
        [{ limit: "1.0" }, sampleOf(30, 1, 0.5, 2)],
      ]),
    );
    expect(measured?.value).toBeCloseTo(2, 9);
    expect(measured?.ci?.[0]).toBeLessThan(2);
    expect(measured?.ci?.[1]).toBeGreaterThan(2);
  });

  test("of writes: new files, flushed; nothing where one of the two places is missing", () => {
    const places = [
      [{ storage: "overlay", mode: "fsync" }, [50, 60, 55]],
      [{ storage: "overlay", mode: "buffered" }, [900, 950, 980]],
      [{ storage: "volume", mode: "fsync" }, [100, 110, 120]],
    ] as const;
    expect(own("overlayfs-writes", ours("write", "speed_mbps", places))?.value).toBeCloseTo(Math.log10(2), 9);
    expect(own("overlayfs-writes", ours("write", "speed_mbps", places.slice(0, 2)))).toBeNull();
  });

  test("of images: their spread; settings of one image are no images", () => {
    const starts = (factors: readonly Record<string, string>[]) =>
      ours(
        "startup",
        "total_ms",
        factors.map((each, index) => [{ mode: "warm", ...each }, sampleOf(10, 100 * (index + 1), 1, index)]),
      );
    expect(own("image-size", starts([{ image: "small" }, { image: "large" }]))?.value).toBeCloseTo(100, 0);
    expect(own("image-size", starts(["base", "host"].map((variant) => ({ image: "small", variant }))))).toBeNull();
  });

  test("none, of what no experiment of ours can take", () => {
    expect(own("docker-desktop", ours("startup", "total_ms", []))).toBeUndefined();
    expect(own("image-size", ours("startup", "total_ms", []))).toBeNull();
    expect(own("namespace-time", ours("startup", "total_ms", []))).toBeNull();
  });
});

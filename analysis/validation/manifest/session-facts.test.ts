import { describe, expect, test } from "vitest";
import type { PlannedExperiment, Session } from "../../../research/manifest.ts";
import { session } from "../../testing/rows.ts";
import { sessionFacts } from "./session-facts.ts";

function said(fields: Partial<Session>): string[] {
  const problems: string[] = [];
  sessionFacts(session(fields), (field, value) => problems.push(`${field} ${value}`));
  return problems;
}

const HEX = "0123456789abcdef".repeat(4);

describe("digests", () => {
  const of = (digest: string) => said({ images: [{ name: "small", reference: "small", digest, size_bytes: 1 }] });

  test.each([`sha256:${HEX}`, `sha512:${HEX}${HEX}`, "blake3:abc="])("may be %s", (digest) => {
    expect(of(digest)).toEqual([]);
  });

  test.each(["", "sha256:", "sha256:0", HEX, `sha256:${HEX.toUpperCase()}`, `sha256:${HEX}0`])("are not %j", (digest) => {
    expect(of(digest)).toEqual([`images.0.digest ${digest}`]);
  });

  test("are looked at in the images of experiments, too", () => {
    const image = { name: "small", digest: `sha256:${HEX}`, layers_digest: "sha256:1", conditions: ["small"] };
    const pull: PlannedExperiment = { name: "pull", conditions: ["small"], iterations: 1, warmup_blocks: 0, images: [image] };
    expect(said({ experiments: [pull] })).toEqual(["experiments.0.images.0.layers_digest sha256:1"]);
  });
});

describe("what a probe costs", () => {
  const of = (traced_over_untraced: number | null, interval: [number, number] | null) =>
    said({ observer_effect: [{ probe: "tracefs", baseline: "off", image: "small", pairs: 50, traced_over_untraced, interval }] });

  test("lies in its own interval, which is of ratios", () => {
    expect(of(1.05, [1.01, 1.09])).toEqual([]);
    expect(of(1.05, [1.05, 1.05])).toEqual([]);
    expect(of(null, null)).toEqual([]);
    expect(of(1.1, [1.01, 1.09])).toEqual(["observer_effect.0.traced_over_untraced 1.1"]);
    expect(of(1.05, [-1.01, 1.09])).toEqual(["observer_effect.0.interval.0 -1.01"]);
  });
});

describe("the seconds of its experiments", () => {
  const of = (...seconds: (number | undefined)[]) =>
    said({
      experiments: seconds.map((took) => ({
        ...{ name: "write" as const, conditions: [], iterations: 1, warmup_blocks: 0 },
        ...(took !== undefined && { seconds: took }),
      })),
    });

  // It lasted 1800 s; a clock may be set by a minute.
  test("are no more than the session's", () => {
    expect(of(1000, 860, undefined)).toEqual([]);
    expect(of(800, 1100)).toEqual(["experiments.1.seconds 1100"]);
    expect(of(10_000)).toEqual(["experiments.0.seconds 10000"]);
  });
});

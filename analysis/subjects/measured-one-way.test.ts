import { describe, expect, test } from "vitest";
import type { PlannedExperiment, Session } from "../../research/manifest.ts";
import type { ExperimentName } from "../../research/protocol.ts";
import { compare } from "../comparisons/compare.ts";
import { measurement } from "../testing/measurement.ts";
import { manifest, session } from "../testing/rows.ts";
import { blockKey, type Measurement } from "./measurement.ts";
import { mixProbes } from "./mix-probes.ts";
import type { Platform } from "./platform.ts";
import { platformSubject } from "./platform-subject.ts";

const VALUES = [1, 2, 3, 4, 5, 6];

/** Two conditions, six values each, in the session of that number. */
function measured(experiment: ExperimentName, conditions: readonly string[], fields: Partial<Measurement> = {}, of = 1) {
  const blocks = VALUES.map((block) => blockKey(of, block));
  return conditions.map((condition) =>
    measurement(VALUES, { experiment, factors: { condition }, planned: condition, blocks, ...fields }),
  );
}

const READY = ["shell", "nginx"];
const planned = (name: ExperimentName, fields: Partial<PlannedExperiment> = {}): PlannedExperiment => ({
  ...{ name, conditions: READY, iterations: 6, warmup_blocks: 0, workload: "as ever" },
  images: [
    { name: "small", digest: "sha256:1", conditions: ["shell"] },
    { name: "medium", digest: "sha256:2", conditions: ["nginx"] },
  ],
  ...fields,
});
const medium = (digest: string) => ({
  images: [
    { name: "small", digest: "sha256:1", conditions: ["shell"] },
    { name: "medium", digest, conditions: ["nginx"] },
  ],
});

const platform = (label: string, sessions: readonly Partial<Session>[], content: readonly Measurement[]): Platform => ({
  ...{ label, folder: `/results/${label}`, startup: [] },
  manifest: manifest({ label, sessions: sessions.map((fields, index) => session({ session: index + 1, ...fields })) }),
  experiments: [{ file: "ready.csv", experiment: "ready", content }],
});
/** Without what the planned experiment says of images and workload. */
const asBefore = ({ images, workload, ...rest }: PlannedExperiment): PlannedExperiment => rest;

const compared = (...platforms: readonly Platform[]) => compare(platforms.map(platformSubject), { reference: null, seed: 1 });
const outcome = (...platforms: readonly Platform[]) => {
  const { comparisons, not_compared } = compared(...platforms);
  return { compared: comparisons.map(({ condition }) => condition), not: not_compared.map(({ reason }) => reason) };
};

describe("conditions of other experiments than startup", () => {
  const here = platform("here", [{ experiments: [planned("ready")] }], measured("ready", READY));

  test("are compared where all is the same, and nothing is said to be unknown", () => {
    const there = platform("there", [{ experiments: [planned("ready")] }], measured("ready", READY));
    expect(outcome(here, there)).toEqual({ compared: READY, not: [] });
    expect(compared(here, there).caveats).toEqual([]);
  });

  test("that ran in another image are refused, and no others", () => {
    const there = platform("there", [{ experiments: [planned("ready", medium("sha256:9"))] }], measured("ready", READY));
    expect(outcome(here, there)).toEqual({ compared: ["shell"], not: ["another image (sha256:2 and sha256:9)"] });
  });

  test("that ran in the same layers are compared, whatever the stores called the image", () => {
    const [small, web] = medium("sha256:9").images;
    const of = (digest: string) => ({
      images: [{ ...small, digest, layers_digest: "sha256:1" }, web] as PlannedExperiment["images"],
    });
    const there = (label: string, digest: string) =>
      platform(label, [{ experiments: [planned("ready", of(digest) as object)] }], measured("ready", READY));
    expect(outcome(there("a", "sha256:b65c6a"), there("b", "sha256:493332"))).toEqual({ compared: READY, not: [] });
    // Of an older platform.json's image, the digest is that of its layers.
    expect(outcome(here, there("b", "sha256:493332")).compared).toEqual(["shell"]);
  });

  test("with another workload are refused", () => {
    const there = platform("there", [{ experiments: [planned("ready", { workload: "more" })] }], measured("ready", READY));
    expect(() => compared(here, there)).toThrow("ready shell: another workload (as ever and more)");
  });

  test("of which an older platform.json says nothing are compared, and it is said that nobody knows", () => {
    const experiments = [asBefore(planned("ready"))];
    const old = platform("old", [{ experiments }], measured("ready", READY));
    expect(outcome(here, old)).toEqual({ compared: READY, not: [] });
    expect(compared(here, old).caveats).toEqual([
      "old: platform.json does not say in which images and with what workload it measured ready; whether other platforms did the same is not known",
    ]);
    const older = platform("older", [{}], measured("ready", READY));
    expect(outcome(old, older)).toEqual({ compared: READY, not: [] });
    expect(compared(old, older).caveats).toHaveLength(2);
  });

  test("tell more than two at once apart by what is known of each pair", () => {
    const old = platform("old", [{}], measured("ready", READY));
    const third = platform("third", [{ experiments: [planned("ready")] }], measured("ready", READY));
    const other = platform("other", [{ experiments: [planned("ready", medium("sha256:9"))] }], measured("ready", READY));
    expect(compared(here, old, other).omnibus.map(({ condition }) => condition)).toEqual(["shell"]);
    expect(compared(here, other, old, third).omnibus).toMatchObject([
      { condition: "shell", platforms: ["here", "other", "old", "third"] },
      { condition: "nginx", platforms: ["here", "old", "third"] },
    ]);
  });

  test.each([
    ["clock", { clock: "kernel" }, { clock: "client" }, "marks stamped by another clock"],
    ["probe", { probe: "kernel" }, { probe: "events" }, "another probe"],
    ["address", { address: "10.0.0.1" }, { address: "10.0.0.2" }, "another host of the same name (10.0.0.1 and 10.0.0.2)"],
  ])("whose rows have another %s are refused", (key, ofHere, ofThere, reason) => {
    const seen = (label: string, way: object) =>
      platform(label, [{ experiments: [planned("ready")] }], measured("ready", READY, { ways: VALUES.map(() => way) }));
    const both = [seen("here", ofHere), seen("there", ofThere)].map(platformSubject);
    expect(() => compare(both, { reference: null, seed: 1 })).toThrow(reason);
    const mixed = () => compare(mixProbes(both), { reference: null, seed: 1 });
    if (key === "address") expect(mixed).toThrow(reason);
    else {
      expect(mixed().comparisons).toHaveLength(2);
      expect(mixed().caveats).toHaveLength(2);
    }
  });

  test("that were pulled from another registry are refused", () => {
    const pulled = (label: string, fields: Partial<Session>) =>
      platform(label, [{ experiments: [planned("pull")], ...fields }], measured("pull", READY));
    const [own, other] = [pulled("own", {}), pulled("other", { registry: "registry.example.org/team" })];
    expect(() => compared(own, other)).toThrow(
      "another registry (a registry of our own beside the engine and registry.example.org/team)",
    );
    const same = pulled("same", { registry: "registry.example.org/team" });
    expect(outcome(other, same)).toEqual({ compared: READY, not: [] });
  });

  test("that sessions measured in several ways are compared by those like the first", () => {
    const sessions = [{ experiments: [planned("ready")] }, { experiments: [planned("ready", medium("sha256:9"))] }];
    const both = measured("ready", READY).map((first) => ({
      ...first,
      values: [...first.values, ...VALUES.map((value) => value + 100)],
      blocks: [...first.blocks, ...VALUES.map((block) => blockKey(2, block))],
      rows: [...first.rows, ...VALUES.map((row) => row + 100)],
    }));
    const { comparisons, caveats } = compared(platform("several", sessions, both), here);
    expect(comparisons.map(({ condition, n_a, n_b }) => [condition, n_a, n_b])).toEqual([
      ["shell", 12, 6],
      ["nginx", 6, 6],
    ]);
    expect(caveats).toEqual(["several: ready nginx was measured in several ways; only trials like the first are compared"]);
  });

  test("of which only the second session says the image are refused where that is another", () => {
    const sessions = [{ experiments: [asBefore(planned("ready"))] }, { experiments: [planned("ready", medium("sha256:9"))] }];
    const later = [...measured("ready", ["nginx"]), ...measured("ready", ["nginx"], { metric: "daemon_ms" }, 2)];
    expect(outcome(platform("later", sessions, [...later, ...measured("ready", ["shell"])]), here)).toEqual({
      compared: ["shell"],
      not: ["another image (sha256:9 and sha256:2)"],
    });
  });
});

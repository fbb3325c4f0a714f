import { describe, expect, test } from "vitest";
import type { PlannedExperiment, Session } from "../../research/manifest.ts";
import type { ExperimentName, MarkClock, Probe } from "../../research/protocol.ts";
import { copyUpTable } from "../../research/tables/copy-up.ts";
import { networkTargetTable } from "../../research/tables/network-target.ts";
import { pullTable } from "../../research/tables/pull.ts";
import { readyTable } from "../../research/tables/ready.ts";
import { nanoseconds, unixNs } from "../../research/units.ts";
import { compare } from "../comparisons/compare.ts";
import { manifest, session, startupRow } from "../testing/rows.ts";
import { fileOf } from "../testing/subjects.ts";
import { mixProbes } from "./mix-probes.ts";
import type { Platform } from "./platform.ts";
import { platformSubject } from "./platform-subject.ts";

const READY = ["shell", "nginx"] as const;
const BLOCKS = [1, 2, 3, 4, 5, 6];
const planned = (name: ExperimentName, fields: Partial<PlannedExperiment> = {}): PlannedExperiment => ({
  ...{ name, conditions: [...READY], iterations: 6, warmup_blocks: 0, workload: "as ever" },
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
/** Without what the planned experiment says of images and workload. */
const asBefore = ({ images, workload, ...rest }: PlannedExperiment): PlannedExperiment => rest;

let trials = 0;
const nextTrial = (): number => {
  trials += 1;
  return trials;
};
const place = (session: number, block: number) => ({
  ...{ trial: nextTrial(), session, block, warmup: false, outcome: "ok" as const, container_id: null },
  ...{ started_unix_ns: unixNs(1n), reason: null },
});
type Application = (typeof READY)[number];

/** Six starts of each application in the session of that number. */
const ready = (applications: readonly Application[], of = 1, probe: Probe = "tracefs"): string =>
  BLOCKS.flatMap((block) =>
    applications.map((application) => readyTable.formatRow({ ...startupRow(), ...place(of, block), application, probe })),
  ).join("");

interface File {
  readonly experiment: ExperimentName;
  readonly header: string;
  readonly rows: string;
}
const ofReady = (rows: string): File => ({ experiment: "ready", header: readyTable.header, rows });

function platform(label: string, fields: readonly Partial<Session>[], { experiment, header, rows }: File): Platform {
  const sessions = fields.map((each, index) => session({ session: index + 1, ...each }));
  const experiments = [fileOf(experiment, header + rows, sessions)];
  return { label, folder: `/results/${label}`, manifest: manifest({ label, sessions }), experiments };
}

const compared = (...platforms: readonly Platform[]) => compare(platforms.map(platformSubject), { reference: null });
const outcome = (...platforms: readonly Platform[]) => {
  const { comparisons, not_compared } = compared(...platforms);
  return {
    compared: [...new Set(comparisons.map(({ condition }) => condition))].sort(),
    not: not_compared.map(({ reason }) => reason),
  };
};
const BOTH = ["nginx", "shell"];

describe("conditions of other experiments than startup", () => {
  const here = platform("here", [{ experiments: [planned("ready")] }], ofReady(ready(READY)));

  test("are compared where everything is the same, and nothing is unknown", () => {
    const there = platform("there", [{ experiments: [planned("ready")] }], ofReady(ready(READY)));
    expect(outcome(here, there)).toEqual({ compared: BOTH, not: [] });
    expect(compared(here, there).caveats).toEqual([]);
  });

  test("that ran in another image are refused, and no others", () => {
    const there = platform("there", [{ experiments: [planned("ready", medium("sha256:9"))] }], ofReady(ready(READY)));
    expect(outcome(here, there)).toEqual({ compared: ["shell"], not: ["another image (sha256:2 and sha256:9)"] });
  });

  test("that ran in the same layers are compared, whatever the stores called the image", () => {
    const [small, web] = medium("sha256:9").images;
    const of = (digest: string) => ({
      images: [{ ...small, digest, layers_digest: "sha256:1" }, web] as PlannedExperiment["images"],
    });
    const there = (label: string, digest: string) =>
      platform(label, [{ experiments: [planned("ready", of(digest) as object)] }], ofReady(ready(READY)));
    expect(outcome(there("a", "sha256:b65c6a"), there("b", "sha256:493332"))).toEqual({ compared: BOTH, not: [] });
    // Of an older platform.json's image, the digest is that of its layers.
    expect(outcome(here, there("b", "sha256:493332")).compared).toEqual(["shell"]);
  });

  test("with another workload are refused", () => {
    const there = platform("there", [{ experiments: [planned("ready", { workload: "more" })] }], ofReady(ready(READY)));
    expect(() => compared(here, there)).toThrow("ready shell: another workload (as ever and more)");
  });

  test("which an older platform.json does not describe are compared, with a note that they are unknown", () => {
    const experiments = [asBefore(planned("ready"))];
    const old = platform("old", [{ experiments }], ofReady(ready(READY)));
    expect(outcome(here, old)).toEqual({ compared: BOTH, not: [] });
    expect(compared(here, old).caveats).toEqual([
      "old: platform.json does not say in which images and with what workload it measured ready; whether other platforms did the same is not known",
    ]);
    const older = platform("older", [{}], ofReady(ready(READY)));
    expect(outcome(old, older)).toEqual({ compared: BOTH, not: [] });
    expect(compared(old, older).caveats).toHaveLength(2);
  });

  test("tell more than two at once apart by what is known of each pair", () => {
    const inThree = (label: string, fields: Partial<Session>): Platform =>
      platform(label, [fields, fields, fields], ofReady([1, 2, 3].map((number) => ready(READY, number)).join("")));
    const here = inThree("here", { experiments: [planned("ready")] });
    const old = inThree("old", {});
    const third = inThree("third", { experiments: [planned("ready")] });
    const other = inThree("other", { experiments: [planned("ready", medium("sha256:9"))] });
    expect(
      compared(here, old, other)
        .omnibus.filter(isTotal)
        .map(({ condition }) => condition),
    ).toEqual(["shell"]);
    expect(compared(here, other, old, third).omnibus.filter(isTotal)).toMatchObject([
      { condition: "nginx", platforms: ["here", "old", "third"] },
      { condition: "shell", platforms: ["here", "other", "old", "third"] },
    ]);
  });

  const ofClock = (clock: MarkClock): File => ({
    ...{ experiment: "copy-up", header: copyUpTable.header },
    rows: BLOCKS.map((block) =>
      copyUpTable.formatRow({
        ...{ ...place(1, block), storage: "layer", file_bytes: 1_000_000, clock },
        ...{ first_write_ns: nanoseconds(5e6 + block), second_write_ns: nanoseconds(1e6 + block), empty_ns: null },
      }),
    ).join(""),
  });
  const ofAddress = (address: string): File => ({
    ...{ experiment: "network-target", header: networkTargetTable.header },
    rows: BLOCKS.map((block) =>
      networkTargetTable.formatRow({
        ...{ ...networkTargetTable.unmeasured, ...place(1, block), network: "bridge", target: "a.example", address },
        ...{ exchanges: 100, lost: 0, min_ns: nanoseconds(1e6), median_ns: nanoseconds(1e6 + block), p90_ns: nanoseconds(2e6) },
        ...{ p99_ns: nanoseconds(2e6 + block), max_ns: nanoseconds(3e6), sum_ns: nanoseconds(120e6) },
      }),
    ).join(""),
  });

  test.each([
    ["clock", ofClock("kernel"), ofClock("client"), "marks stamped by another clock"],
    ["probe", ofReady(ready(READY)), ofReady(ready(READY, 1, "events")), "another probe"],
    ["address", ofAddress("10.0.0.1"), ofAddress("10.0.0.2"), "another host of the same name (10.0.0.1 and 10.0.0.2)"],
  ])("whose rows have another %s are refused", (key, ofHere, ofThere, reason) => {
    const both = [platform("a", [{}], ofHere), platform("b", [{}], ofThere)].map(platformSubject);
    expect(() => compare(both, { reference: null })).toThrow(reason);
    const mixed = () => compare(mixProbes(both), { reference: null });
    if (key === "address") expect(mixed).toThrow(reason);
    else {
      const { comparisons, caveats } = mixed();
      expect(comparisons.length).toBeGreaterThan(0);
      expect(caveats.filter((caveat) => /seen by|stamped by/.test(caveat))).toHaveLength(2);
    }
  });

  test("that were pulled from another registry are refused", () => {
    const rows = BLOCKS.map((block) =>
      pullTable.formatRow({
        ...{ ...pullTable.unmeasured, ...place(1, block), image: "small", pulled_ns: nanoseconds(1e9 + block) },
      }),
    ).join("");
    const pulled = (label: string, fields: Partial<Session>) =>
      platform(label, [{ experiments: [planned("pull")], ...fields }], { experiment: "pull", header: pullTable.header, rows });
    const [own, other] = [pulled("own", {}), pulled("other", { registry: "registry.example.org/team" })];
    expect(() => compared(own, other)).toThrow(
      "another registry (a registry of our own beside the engine and registry.example.org/team)",
    );
    const same = pulled("same", { registry: "registry.example.org/team" });
    expect(outcome(other, same).compared).toEqual(["small"]);
  });

  test("that sessions measured in several ways are several conditions, the first by its name", () => {
    const sessions = [{ experiments: [planned("ready")] }, { experiments: [planned("ready", medium("sha256:9"))] }];
    const several = platform("several", sessions, ofReady(ready(READY) + ready(READY, 2)));
    const { comparisons, not_compared, caveats } = compared(several, here);
    expect(comparisons.filter(isTotal).map(({ condition, trials }) => [condition, trials.n_a, trials.n_b])).toEqual([
      ["nginx", 6, 6],
      ["shell", 12, 6],
    ]);
    expect(not_compared).toMatchObject([{ what: "ready nginx [2]", reason: "here has none" }]);
    expect(caveats).toEqual(["several: ready nginx [2] is not nginx: another image (sha256:2 and sha256:9)"]);
  });

  test("of which only the second session says the image are refused where that is another", () => {
    const sessions = [{ experiments: [asBefore(planned("ready"))] }, { experiments: [planned("ready", medium("sha256:9"))] }];
    const later = ofReady(ready(READY) + ready(["nginx"], 2));
    expect(outcome(platform("later", sessions, later), here)).toEqual({
      compared: ["shell"],
      not: ["another image (sha256:9 and sha256:2)"],
    });
  });
});

const isTotal = ({ metric }: { readonly metric: string }): boolean => metric === "total_ms";

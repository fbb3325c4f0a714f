import { describe, expect, it } from "vitest";
import type { Probe } from "../../research/protocol.ts";
import { compare } from "../comparisons/compare.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import type { Platform } from "./platform.ts";
import { platformSubject } from "./platform-subject.ts";

const platform = (label: string, probe: Probe): Platform => ({
  label,
  folder: label,
  manifest: manifest({ label, sessions: [session({ probe: { ...session().probe, name: probe } })] }),
  startup: Array.from({ length: 8 }, (_, index) =>
    startupRow({ trial: index + 1, block: index + 1, probe, offsets_ms: scaled(WHOLE_START_MS, 1 + index / 100) }),
  ),
  experiments: [],
});
const compared = (a: Probe, b: Probe) =>
  compare([platformSubject(platform("a", a)), platformSubject(platform("b", b))], { reference: null, seed: 1 });

describe("the registry of pulls", () => {
  const pulls = [{ name: "pull", conditions: ["small"], iterations: 8, warmup_blocks: 1 }] as const;
  const pulledFrom = (label: string, fields: object): Platform => ({
    ...platform(label, "tracefs"),
    manifest: manifest({ label, sessions: [session(fields)] }),
  });

  it("is among what differs where something was pulled, and is not spoken of elsewhere", () => {
    const subjects = [
      pulledFrom("a", { experiments: pulls }),
      pulledFrom("b", { experiments: pulls, registry: "localhost:5000/x" }),
      pulledFrom("c", {}),
    ].map(platformSubject);
    expect(subjects.map(({ facts }) => facts.registry)).toEqual([
      "a registry of our own beside the engine",
      "localhost:5000/x",
      undefined,
    ]);
    expect(compare(subjects, { reference: null, seed: 1 }).differing.map(({ fact }) => fact)).toEqual(["registry"]);
  });
});

describe("platforms measured by different probes", () => {
  it("are compared where both saw the kernel's events, and the probe is among what differs", () => {
    const { comparisons, differing } = compared("tracefs", "sidecar");
    expect(comparisons.map(({ metric }) => metric)).toEqual(["total_ms", "daemon_ms", "runtime_ms", "process_ms"]);
    expect(differing).toContainEqual({ fact: "probe", values: { a: "tracefs", b: "sidecar" } });
  });

  it("are not where one has Docker's events alone", () => {
    expect(() => compared("tracefs", "events")).toThrow(
      "another probe, which ends a start at another event; --mix-probes compares them all the same (kernel and events)",
    );
  });
});

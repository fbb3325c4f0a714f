import { describe, expect, it } from "vitest";
import type { ImageIdentity } from "../../research/image-identity.ts";
import type { Session } from "../../research/manifest.ts";
import type { Probe } from "../../research/protocol.ts";
import { compare } from "../comparisons/compare.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { platformOf } from "../testing/subjects.ts";
import type { Platform } from "./platform.ts";
import { platformSubject } from "./platform-subject.ts";

const platform = (label: string, probe: Probe, fields: Partial<Session> = {}): Platform =>
  platformOf(
    Array.from({ length: 8 }, (_, index) =>
      startupRow({ trial: index + 1, block: index + 1, probe, offsets_ms: scaled(WHOLE_START_MS, 1 + index / 100) }),
    ),
    { label, manifest: manifest({ label, sessions: [session({ probe: { ...session().probe, name: probe }, ...fields })] }) },
  );
const compared = (a: Probe, b: Probe) =>
  compare([platformSubject(platform("a", a)), platformSubject(platform("b", b))], { reference: null });

describe("the registry of pulls", () => {
  const pulls: Session["experiments"] = [{ name: "pull", conditions: ["small"], iterations: 8, warmup_blocks: 1 }];
  const pulledFrom = (label: string, fields: Partial<Session>): Platform => platform(label, "tracefs", fields);

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
    expect(compare(subjects, { reference: null }).differing.map(({ fact }) => fact)).toEqual(["registry"]);
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
      "another probe, which ends a start at another event; --mix-probes compares them anyway (kernel and events)",
    );
  });
});

describe("one image in several stores", () => {
  const small = (fields: ImageIdentity) => ({
    images: [{ name: "small", reference: "tierbench/small:1", size_bytes: 2_000_000, ...fields }],
  });
  const layers_digest = "sha256:6cfe37a9";
  const older = small({ digest: layers_digest });
  const containerd = (digest: string) => small({ digest, layers_digest, config_digest: "sha256:c" });
  const of = (label: string, ...fields: ReturnType<typeof small>[]): Platform =>
    platformOf(
      fields.flatMap((_, of) =>
        Array.from({ length: 8 }, (_, index) =>
          startupRow({
            ...{ session: of + 1, trial: 8 * of + index + 1, block: index + 1 },
            offsets_ms: scaled(WHOLE_START_MS, 1 + index / 100),
          }),
        ),
      ),
      { label, manifest: manifest({ label, sessions: fields.map((each, index) => session({ session: index + 1, ...each })) }) },
    );
  const both = (...platforms: Platform[]) => compare(platforms.map(platformSubject), { reference: null });

  it("is compared by its layers, an older platform of overlay2 included", () => {
    const platforms = [of("a", containerd("sha256:b65c6a")), of("b", containerd("sha256:493332")), of("older", older)];
    const totals = both(...platforms).comparisons.filter(({ metric }) => metric === "total_ms");
    expect(totals.map(({ a, b }) => `${a} ${b}`)).toEqual(["a b", "a older", "b older"]);
  });

  it("is one condition in the sessions of a platform, and later ones tell what the first did not", () => {
    const pooled = of("pooled", small({ digest: "sha256:b65c6a" }), containerd("sha256:b65c6a"), containerd("sha256:493332"));
    expect(platformSubject(pooled).caveats).toEqual([]);
    expect(platformSubject(pooled).measurements.map(({ values }) => values.length)).toEqual([24, 24, 24, 24]);
    expect(both(pooled, of("other", containerd("sha256:5"))).comparisons).toHaveLength(4);
  });

  it("is not compared where another image had its name, or that cannot be determined", () => {
    const another = small({ digest: "sha256:b65c6a", layers_digest: "sha256:other", config_digest: "sha256:c" });
    const other = of("other", another);
    expect(() => both(of("a", containerd("sha256:493332")), other)).toThrow(
      "another image (layers sha256:6cfe37a9 and sha256:other)",
    );
    expect(() => both(of("a", containerd("sha256:493332")), of("b", small({ digest: "sha256:b65c6a" })))).toThrow(
      "whether it is the same image cannot be determined",
    );
    expect(platformSubject(of("mixed", containerd("sha256:493332"), another)).caveats).toEqual([
      "startup small warm [2] is not small warm: another image (layers sha256:6cfe37a9 and sha256:other)",
    ]);
  });
});

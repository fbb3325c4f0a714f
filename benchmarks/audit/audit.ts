/** Every check on every subject: findings, the worst first, and what could not be looked at. */
import { AUDIT_SCHEMA, type AuditOutput, type Finding, TARGET_KINDS, type Target } from "./audit-output.ts";
import { BENCHMARK, type Check } from "./check.ts";
import { CONTAINER_CHECKS, DAEMON_CHECKS, IMAGE_CHECKS } from "./checks/catalogue.ts";
import type { ContainerFacts, EngineFacts, ImageFacts, Surroundings } from "./facts.ts";
import { SEVERITIES, type Severity } from "./severity.ts";
import { KNOWN_ESCAPES_AS_OF } from "./versions/known-escapes.ts";

export interface Audited {
  readonly engine: EngineFacts;
  readonly containers: readonly ContainerFacts[];
  readonly images: readonly ImageFacts[];
  /** What was there when it was listed, and could not be inspected. */
  readonly lost: readonly { readonly target: Target; readonly reason: string }[];
}

const UNNAMED = "<none>:<none>";

export const imageName = ({ Id, RepoTags }: Pick<ImageFacts, "Id" | "RepoTags">): string =>
  RepoTags.find((tag) => tag !== UNNAMED) ?? Id.replace(/^sha256:/, "").slice(0, 12);

export const containerName = ({ Id, Name }: Pick<ContainerFacts, "Id" | "Name">): string =>
  Name.replace(/^\//, "") || Id.slice(0, 12);

/** @param source where the engine was found, for people */
export function audit(audited: Audited, source: string): AuditOutput {
  const { engine, containers, images, lost } = audited;
  const surroundings: Surroundings = { engine, images: new Map(images.map((image) => [image.Id, image])) };
  const looked = [
    lookedAt(DAEMON_CHECKS, [engine], () => ({ kind: "engine", id: "", name: "engine" }), surroundings),
    lookedAt(CONTAINER_CHECKS, containers, (one) => ({ kind: "container", id: one.Id, name: containerName(one) }), surroundings),
    lookedAt(IMAGE_CHECKS, images, (one) => ({ kind: "image", id: one.Id, name: imageName(one) }), surroundings),
  ];
  const findings = looked.flatMap((each) => each.findings);
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    schema: AUDIT_SCHEMA,
    engine: { source, versions: engine.versions },
    benchmark: BENCHMARK,
    known_escapes_as_of: KNOWN_ESCAPES_AS_OF,
    looked_at: { containers: containers.length, images: images.length },
    counts: { critical: count("critical"), high: count("high"), medium: count("medium"), low: count("low") },
    findings: findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    unseen: [...looked.flatMap((each) => each.unseen), ...lost.map((each) => ({ check: null, ...each }))],
    checks: CHECKS,
  };
}

const described =
  (of: Target["kind"]) =>
  ({ id, title, severity, why, remedy, reference }: Check<never>): AuditOutput["checks"][number] => ({
    ...{ id, of, title, severity, why, remedy, reference },
  });

const CHECKS = TARGET_KINDS.flatMap((kind): AuditOutput["checks"][number][] => {
  const checks: readonly Check<never>[] = { engine: DAEMON_CHECKS, container: CONTAINER_CHECKS, image: IMAGE_CHECKS }[kind];
  return checks.map(described(kind));
});

function lookedAt<Subject>(
  checks: readonly Check<Subject>[],
  subjects: readonly Subject[],
  targetOf: (subject: Subject) => Target,
  surroundings: Surroundings,
) {
  const findings: Finding[] = [];
  const unseen: { check: string; target: Target; reason: string }[] = [];
  for (const { id, title, severity, why, remedy, reference, look } of checks) {
    for (const subject of subjects) {
      const target = targetOf(subject);
      const found = look(subject, surroundings);
      if ("unseen" in found) unseen.push({ check: id, target, reason: found.unseen });
      else
        for (const sighting of found)
          findings.push({ check: id, title, severity, confidence: "setting", target, why, remedy, reference, ...sighting });
    }
  }
  return { findings, unseen };
}

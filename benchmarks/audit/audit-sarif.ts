/** What `audit` found as SARIF 2.1.0 (OASIS), which code scanning and editors read. */
import type { AuditOutput, Finding } from "./audit-output.ts";
import type { Severity } from "./severity.ts";

const LEVELS = { critical: "error", high: "error", medium: "warning", low: "note" } as const satisfies Record<Severity, string>;
/** GitHub sorts by this number, and names it critical from 9 on, high from 7, medium from 4. */
const SCORES = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const satisfies Record<Severity, string>;

type Target = Finding["target"];

/** A container is no file: viewers that want one get a path of its kind and name. */
const uriOf = ({ kind, name }: Target): string => (kind === "engine" ? kind : `${kind}/${encodeURIComponent(name)}`);

const locationOf = (target: Target) => ({
  physicalLocation: { artifactLocation: { uri: uriOf(target) }, region: { startLine: 1 } },
  logicalLocations: [{ name: target.name, fullyQualifiedName: `${target.kind}/${target.name}`, kind: "resource" }],
});

/** @param version of tierbench */
export function auditSarif({ findings, unseen, checks, benchmark }: AuditOutput, version: string): object {
  const ids = checks.map(({ id }) => id);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "tierbench audit",
            version,
            rules: checks.map(({ id, title, severity, why, remedy, reference }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: `${remedy}${reference === null ? "" : ` (${benchmark}, section ${reference})`}` },
              defaultConfiguration: { level: LEVELS[severity] },
              properties: { "security-severity": SCORES[severity], tags: ["security"] },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: unseen.map(({ check, target, reason }) => ({
              level: "warning",
              message: { text: `${check === null ? "" : `${check}: `}not looked at: ${reason}` },
              locations: [locationOf(target)],
              ...(check === null ? {} : { associatedRule: { id: check, index: ids.indexOf(check) } }),
            })),
          },
        ],
        results: findings.map(({ check, title, severity, confidence, target, seen, why, remedy }) => ({
          ruleId: check,
          ruleIndex: ids.indexOf(check),
          level: LEVELS[severity],
          message: { text: `${target.kind} ${target.name}: ${title} (${seen}): ${why}. Remedy: ${remedy}` },
          locations: [locationOf(target)],
          partialFingerprints: { "tierbenchFinding/v1": `${check} ${target.kind}/${target.name} ${seen}` },
          properties: { severity, confidence },
        })),
      },
    ],
  };
}

/** What `audit` finds, as it prints it as JSON; its schema is published. */
import * as z from "zod";
import { BENCHMARK, CONFIDENCES } from "./check.ts";
import { SEVERITIES } from "./severity.ts";
import { KNOWN_ESCAPES_AS_OF } from "./versions/known-escapes.ts";

export const TARGET_KINDS = ["engine", "container", "image"] as const;

const target = z.object({
  kind: z.enum(TARGET_KINDS),
  id: z.string().describe("of a container or image; empty of the engine"),
  name: z.string().describe("the first of an image; what the engine calls itself"),
});
export type Target = Readonly<z.infer<typeof target>>;

const severity = z.enum(SEVERITIES);
const reference = z.string().nullable().describe(`section of the ${BENCHMARK}; null where it has none`);

const finding = z.object({
  check: z.string(),
  title: z.string(),
  severity,
  confidence: z.enum(CONFIDENCES).describe("from what it follows"),
  target,
  seen: z.string().describe("of a secret the name alone"),
  why: z.string().describe("why it matters"),
  remedy: z.string(),
  reference,
});
export type Finding = Readonly<z.infer<typeof finding>>;

const unseen = z.object({
  check: z.string().nullable().describe("null where the target itself could not be looked at"),
  target,
  reason: z.string(),
});

const check = z.object({
  id: z.string(),
  of: z.enum(TARGET_KINDS),
  title: z.string(),
  severity: severity.describe("the usual one"),
  why: z.string(),
  remedy: z.string(),
  reference,
});

export const AUDIT_SCHEMA = 1;
export const auditOutput = z.object({
  schema: z.literal(AUDIT_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  engine: z.object({
    source: z.string().describe("where it was found, as unix:///var/run/docker.sock"),
    versions: z.record(z.string(), z.string()).describe("by component, kernel among them"),
  }),
  benchmark: z.literal(BENCHMARK).describe("whose sections are the references"),
  known_escapes_as_of: z.literal(KNOWN_ESCAPES_AS_OF).describe("when the list of versions was last looked up"),
  looked_at: z.object({ containers: z.int(), images: z.int() }).describe("running containers"),
  counts: z.object({ critical: z.int(), high: z.int(), medium: z.int(), low: z.int() }).describe("of findings"),
  findings: z.array(finding).readonly().describe("the worst first"),
  unseen: z.array(unseen).readonly().describe("what could not be looked at, and why"),
  checks: z.array(check).readonly().describe("all that there are"),
});
export type AuditOutput = Readonly<z.infer<typeof auditOutput>>;

/** All that `audit` found, as lines of text. */
import { count } from "../../research/text/count.ts";
import type { AuditOutput } from "./audit-output.ts";

export function auditLines({ findings, unseen, engine, looked_at, benchmark, known_escapes_as_of }: AuditOutput): string[] {
  const versions = Object.entries(engine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `engine ${engine.source}: ${versions.join(", ")}; ${count(looked_at.containers, "running container")}, ${count(looked_at.images, "image")}`,
    ...findings.flatMap(({ severity, check, title, target, seen, why, remedy, reference }) => [
      `${severity.padEnd(8)} ${target.kind === "engine" ? "engine" : `${target.kind} ${target.name}`}: ${title} [${check}]`,
      `         seen: ${seen}`,
      `         why: ${why}`,
      `         remedy: ${remedy}${reference === null ? "" : ` (${benchmark}, ${reference})`}`,
    ]),
    ...unseen.map(({ check, target, reason }) => `not seen ${target.name}${check === null ? "" : ` [${check}]`}: ${reason}`),
    ...(findings.length === 0 ? ["nothing found"] : []),
    `versions with known ways out: as published until ${known_escapes_as_of}`,
  ];
}

/** What `platform validate` says, for people and for programs. */
import type { Problem, ValidatedPlatform, Validation } from "../../validation/problem.ts";

export const VALIDATION_FORMATS = ["text", "json"] as const;
export type ValidationFormat = (typeof VALIDATION_FORMATS)[number];

export const renderValidation = (validation: Validation, format: ValidationFormat): string =>
  format === "json" ? `${JSON.stringify(validation, null, 2)}\n` : validation.platforms.map(platformText).join("\n");

function platformText({ folder, format, valid, sealed, sessions, tables, problems }: ValidatedPlatform): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const of = [
    format ?? "unknown format",
    ...(sessions === null ? [] : [counted(sessions, "session")]),
    ...(tables.length === 0 ? [] : [`${counted(rows, "row")} in ${counted(tables.length, "table")}`]),
    ...(format === "tierbench" ? [sealed ? "checksums match" : "checksums missing or not matching"] : []),
  ];
  const [defects, cautions] = (["defect", "caution"] as const).map((wanted) =>
    problems.filter(({ severity }) => severity === wanted),
  );
  const found = [counted(defects?.length ?? 0, "defect"), counted(cautions?.length ?? 0, "caution")].join(", ");
  const lines = [`${folder}: ${valid ? "valid" : "NOT VALID"} (${of.join("; ")}): ${found}`, ...problems.map(problemText)];
  return `${lines.join("\n")}\n`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

function problemText({ severity, check, file, line, column, value, what, expected }: Problem): string {
  const at = [file, ...(line === null ? [] : [line])].join(":");
  // A strict reader's message says where it is and what was expected, a detector's what it speaks of.
  if (what.startsWith(at)) return `  ${severity}: ${what}`;
  if (check === "detector") return `  ${severity}: ${at}: ${what}`;
  const where = column === null ? at : `${at}, ${column}`;
  const got = value === null ? "" : `: got ${value}`;
  const wanted = expected === null ? "" : `${got === "" ? ":" : ","} expected ${expected}`;
  return `  ${severity}: ${where}: ${what}${got}${wanted}`;
}

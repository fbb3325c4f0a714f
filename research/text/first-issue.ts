import type { ZodError } from "zod";

const MISSING = /^Invalid input: expected (.+), received undefined$/;
/** JSON writes no such number, but one that is read as it: 1e400. */
const ENDLESS = /received -?Infinity$/;

/** The first thing that a schema finds wrong, on one line: which field, and what about it. */
export function firstIssue({ issues: [issue] }: ZodError): string {
  const what =
    issue?.message.replace(MISSING, "missing, expected $1").replace(ENDLESS, "received one that is too large") ??
    "not as expected";
  const where = issue?.path.map(String).join(".") ?? "";
  return where === "" ? what : `${where}: ${what}`;
}

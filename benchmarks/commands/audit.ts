/** `audit`: settings of engine, images and running containers that help an attacker, the worst first. */
import { stdout } from "node:process";
import { escaped } from "../../research/text/visible.ts";
import { audit } from "../audit/audit.ts";
import { auditSarif } from "../audit/audit-sarif.ts";
import { auditScreen } from "../audit/audit-screen.ts";
import { auditLines } from "../audit/audit-text.ts";
import { isAtLeast, type Severity } from "../audit/severity.ts";
import { readAudited } from "../edges/audit/read-audited.ts";
import { findEngine } from "../edges/engine/find-engine.ts";
import { toolVersion } from "../edges/files/tool-version.ts";
import { terminal } from "../edges/terminal/terminal.ts";
import { describe, say } from "./engine-options.ts";

interface AuditOptions {
  readonly engine: string | undefined;
  readonly format: "text" | "json" | "sarif";
  readonly "fail-on": Severity | undefined;
  /** Every finding, instead of one screen. */
  readonly full: boolean;
}

/** As of `compare`: the question was answered, and the answer is no. */
const FOUND = 3;

export async function auditEngine(options: AuditOptions, signal: AbortSignal): Promise<void> {
  await using found = await findEngine(options.engine, false, say, signal);
  await found.engine.open();
  const output = audit(await readAudited(found.engine, signal), found.url);
  if (options.format === "json") console.log(escaped(JSON.stringify(output, null, 2)));
  else if (options.format === "sarif") console.log(escaped(JSON.stringify(auditSarif(output, toolVersion), null, 2)));
  else if (options.full) for (const line of auditLines(output)) describe(line);
  else stdout.write(auditScreen(output, terminal()));
  const limit = options["fail-on"];
  if (limit === undefined) return;
  const beyond = output.findings.filter(({ severity }) => isAtLeast(severity, limit)).length;
  if (beyond === 0) return;
  say(`--fail-on ${limit}: ${beyond} ${beyond === 1 ? "finding is" : "findings are"} as bad or worse`);
  process.exitCode = FOUND;
}

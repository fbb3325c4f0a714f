/** The JSON Schema of each output whose type is declared in zod, by the file's name in research/schemas/. */
import * as z from "zod";
import { comparisonOutput } from "../../analysis/comparisons/comparison-output.ts";
import { auditOutput } from "../../analysis/paper/audit.ts";
import { tablesOutput } from "../../analysis/paper/tables-output.ts";
import { analysisReport } from "../../analysis/summaries/summary.ts";
import { validation } from "../../analysis/validation/problem.ts";
import { auditOutput as engineAudit } from "../../benchmarks/audit/audit-output.ts";
import { traceOutput } from "../../benchmarks/commands/trace-output.ts";
import { inspectOutput } from "../../benchmarks/inspect/inspect-output.ts";

const OUTPUTS = {
  "analyze.json": analysisReport,
  "audit.json": engineAudit,
  "compare.json": comparisonOutput,
  "inspect.json": inspectOutput,
  "paper-tables.json": tablesOutput,
  "paper-audit.json": auditOutput,
  "trace.json": traceOutput,
  "validate.json": validation,
} as const;

/** File by file, as text. */
export const jsonSchemas = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(OUTPUTS).map(([file, schema]) => {
      // Who reads a file does not write it; the mark would stand at every list.
      const described = z.toJSONSchema(schema, { override: ({ jsonSchema }) => delete jsonSchema.readOnly });
      return [file, `${JSON.stringify(described, null, 2)}\n`];
    }),
  );

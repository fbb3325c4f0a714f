/** What `paper tables` prints as JSON; its schema is published. The declaration must be of the report's type to compile. */
import { z } from "zod";
import { finding } from "../detectors/finding.ts";
import { description } from "../samples/describe.ts";
import { interval } from "../statistics/interval.ts";
import { SHARED_ESTIMATES } from "./recompute-tables.ts";
import type { StudyTablesReport } from "./report-tables.ts";

const effect = z.enum(["negligible", "small", "medium", "large"]).describe("names for the size of Cliff's delta");

const publishedDescription = z.object({
  n: z.int(),
  mean: z.number(),
  median: z.number().describe("the upper of the middle two"),
  sd: z.number(),
  mean_ci_half_width: z.number(),
  mean_ci: interval,
  min: z.number(),
  max: z.number(),
});

const sample = z.object({
  platform: z.string(),
  condition: z.string(),
  quantity: z.string().describe("the column of the study's file; |column| where the sign is taken off"),
  unit: z.string(),
  as_published: publishedDescription.nullable().describe("null, like the other, where nothing was measured"),
  as_it_should_be: description.nullable(),
  differs: z.array(z.enum(SHARED_ESTIMATES)).readonly().describe("which differ in the digits that the study prints"),
});

const contrast = z.object({
  within: z.string().describe("what a and b have in common: the platform, or the condition"),
  a: z.string(),
  b: z.string(),
  quantity: z.string(),
  unit: z.string(),
  as_published: z.object({
    effect: z.object({ kind: z.enum(["ratio", "overhead_pct", "difference"]), value: z.number() }).nullable(),
    test: z.object({ u: z.number(), p: z.number(), significant: z.boolean(), cliffs_delta: z.number(), effect }).nullable(),
  }),
  differs: z.array(z.enum(["effect", "p", "significant"])).readonly(),
  as_it_should_be: z.object({
    n_a: z.int(),
    n_b: z.int(),
    ratio: z.number().nullable().describe("Hodges-Lehmann on logarithms; null when a value is not positive"),
    ratio_ci: interval.nullable(),
    shift: z.number().describe("Hodges-Lehmann, in the metric's unit"),
    shift_ci: interval.nullable(),
    cliffs_delta: z.number(),
    cliffs_delta_ci: interval.nullable(),
    mann_whitney_u: z.number(),
    p: z.number(),
    brunner_munzel_p: z.number().nullable(),
    effect,
    equivalent: z.boolean().nullable().describe("whether the 90 % interval of the ratio lies within 5 %"),
    p_holm: z.number().nullable().describe("adjusted for all contrasts of the table"),
  }),
});

const table = z.object({
  id: z.string(),
  title: z.string(),
  digits: z.int(),
  samples: z.array(sample).readonly(),
  contrasts: z.array(contrast).readonly(),
  p_findings: z.array(finding).readonly().describe("what is wrong with its p-values as they are printed"),
});

export const TABLES_SCHEMA = 1;
export const tablesOutput = z.object({
  schema: z.literal(TABLES_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  arxiv: z.string(),
  repository: z.string(),
  commit: z.string(),
  tables: z.array(table).readonly(),
  page_cache_sharing: z
    .array(z.object({ platform: z.string(), theoretical_mb: z.number(), actual_mb: z.number(), sharing_pct: z.number() }))
    .readonly(),
  missing: z.array(z.string()).readonly().describe("what is not in the tables, and why"),
}) satisfies z.ZodType<StudyTablesReport & { readonly schema: 1 }>;

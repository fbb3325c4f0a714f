/** What `paper tables` says of the study, as data: every format renders this and nothing else, and its schema is published. */
import * as z from "zod";
import { finding } from "../detectors/finding.ts";
import { sampleComparison } from "../samples/compare-samples.ts";
import { description } from "../samples/describe.ts";
import { publishedDescription, publishedTest } from "./as-published.ts";
import { EFFECT_KINDS } from "./study-tables.ts";

export const SHARED_ESTIMATES = ["n", "mean", "mean_ci", "sd", "median", "min", "max"] as const;

const recomputedSample = z.object({
  platform: z.string(),
  condition: z.string(),
  quantity: z.string().describe("the column of the study's file; |column| where the sign is dropped"),
  unit: z.string(),
  as_published: publishedDescription.nullable().describe("null, like the other, where nothing was measured"),
  as_it_should_be: description.nullable(),
  differs: z.array(z.enum(SHARED_ESTIMATES)).readonly().describe("which differ in the digits that the study prints"),
});
export type RecomputedSample = Readonly<z.infer<typeof recomputedSample>>;

const publishedEffect = z.object({
  kind: z.enum(EFFECT_KINDS),
  value: z.number().describe("not rounded itself, but of rounded means"),
});

const recomputedContrast = z.object({
  within: z.string().describe("what a and b have in common: the platform, or the condition"),
  a: z.string(),
  b: z.string(),
  quantity: z.string(),
  unit: z.string(),
  as_published: z.object({ effect: publishedEffect.nullable(), test: publishedTest.nullable() }).readonly(),
  differs: z
    .array(z.enum(["effect", "p", "significant"]))
    .readonly()
    .describe("which of the study's printed numbers would differ by our estimators"),
  as_it_should_be: sampleComparison
    .extend({ p_holm: z.number().nullable().describe("adjusted for all contrasts of the table") })
    .readonly(),
});
/** a relative to b: two conditions of a platform, or two platforms in a condition. */
export type RecomputedContrast = Readonly<z.infer<typeof recomputedContrast>>;

const recomputedTable = z.object({
  id: z.string(),
  title: z.string(),
  digits: z.int(),
  samples: z.array(recomputedSample).readonly(),
  contrasts: z.array(recomputedContrast).readonly(),
  p_findings: z.array(finding).readonly().describe("what is wrong with its p-values as they are printed"),
});
export type RecomputedTable = Readonly<z.infer<typeof recomputedTable>>;

const sharing = z.object({
  platform: z.string(),
  theoretical_mb: z.number().describe("three times the rounded mean of one container"),
  actual_mb: z.number().describe("the rounded mean of the total"),
  sharing_pct: z.number(),
});
export type Sharing = Readonly<z.infer<typeof sharing>>;

const studyTablesReport = z.object({
  arxiv: z.string(),
  repository: z.string(),
  commit: z.string(),
  tables: z.array(recomputedTable).readonly(),
  page_cache_sharing: z.array(sharing).readonly(),
  missing: z.array(z.string()).readonly().describe("what is not in the tables, and why"),
});
export type StudyTablesReport = Readonly<z.infer<typeof studyTablesReport>>;

export const TABLES_SCHEMA = 1;
export const tablesOutput = z.object({
  schema: z.literal(TABLES_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  ...studyTablesReport.shape,
});

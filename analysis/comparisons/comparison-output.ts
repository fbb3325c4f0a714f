/** What `compare` says about platforms, as data: every format renders this and nothing else, and its schema is published. */
import * as z from "zod";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { trialComparison } from "../samples/compare-trials.ts";
import { sessionComparison } from "./compare-sessions.ts";
import { hostSpread } from "./host-spread.ts";
import { explainedByCause, explainedDifference } from "./phase-differences.ts";
import { judged } from "./verdict.ts";

const comparison = z.object({
  experiment: z.enum(EXPERIMENTS),
  condition: z.string(),
  metric: z.string(),
  unit: z.string(),
  better: z.enum(["lower", "higher"]).nullable(),
  a: z.string(),
  b: z.string(),
  family: z.string().describe("all pairs and conditions of one experiment and metric: within it verdicts are adjusted"),
  sessions: sessionComparison,
  host_spreads: z
    .array(hostSpread)
    .readonly()
    .describe("how much sessions of the same host differ by its other platforms; only where a or b has fewer than three"),
  trials: trialComparison,
  ...judged.shape,
  defects: z.array(z.string()).readonly().describe("why no verdict rests on these numbers, by platform; empty where one may"),
  cautions: z.array(z.string()).readonly().describe("what a reader must know beside them, by platform"),
  explained: explainedDifference
    .nullable()
    .describe("where the difference comes from; only for totals that are split into phases on both sides"),
  by_cause: explainedByCause.nullable().describe("the same by cause; only for totals of why"),
});
export type Comparison = Readonly<z.infer<typeof comparison>>;

const omnibus = z
  .object({
    experiment: z.enum(EXPERIMENTS),
    condition: z.string(),
    metric: z.string(),
    platforms: z.array(z.string()).readonly(),
    kruskal_wallis_h: z.number(),
    df: z.number(),
    p: z.number(),
  })
  .describe("more than two platforms at once, by their sessions' medians; three sessions a platform at least");
export type Omnibus = Readonly<z.infer<typeof omnibus>>;

const notCompared = z.object({ a: z.string(), b: z.string(), what: z.string(), reason: z.string() });
export type NotCompared = Readonly<z.infer<typeof notCompared>>;

const differingFact = z.object({
  fact: z.string(),
  values: z.record(z.string(), z.string()).describe("by platform, of those that state it"),
});
export type DifferingFact = Readonly<z.infer<typeof differingFact>>;

const comparisonReport = z.object({
  reference: z.string().nullable(),
  comparisons: z.array(comparison).readonly(),
  omnibus: z.array(omnibus).readonly(),
  not_compared: z.array(notCompared).readonly(),
  caveats: z.array(z.string()).readonly(),
  differing: z
    .array(differingFact)
    .readonly()
    .describe("what else differs between the platforms, and so may explain a difference"),
  unread: z.array(z.object({ platform: z.string(), reason: z.string() })).readonly(),
});
export type ComparisonReport = Readonly<z.infer<typeof comparisonReport>>;

export const COMPARISON_SCHEMA = 2;
export const comparisonOutput = z.object({
  schema: z.literal(COMPARISON_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  ...comparisonReport.shape,
});

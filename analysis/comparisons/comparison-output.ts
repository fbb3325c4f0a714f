/** What `compare` prints as JSON; its schema is published. The declaration must be of the report's type to compile. */
import { z } from "zod";
import { PHASE_NAMES, TIERS } from "../../research/phases.ts";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { interval } from "../statistics/interval.ts";
import type { ComparisonReport } from "./compare.ts";

const ratio = z.number().nullable();
const effect = z.enum(["negligible", "small", "medium", "large"]).describe("names for the size of Cliff's delta");

const sessions = z
  .object({
    k_a: z.int(),
    k_b: z.int(),
    paired: z.boolean().describe("measured in turns: by rounds, otherwise as two groups"),
    ratio: ratio.describe("of the geometric means of the sessions' medians"),
    ratio_ci: interval.nullable(),
    ratio_ci_simultaneous: interval.nullable().describe("adjusted by Holm for the conditions and pairs of the family"),
    log_standard_error: z.number().nullable().describe("of the ratio's logarithm"),
    df: z.number().nullable(),
    p: z.number().nullable(),
    p_holm: z.number().nullable(),
    rank_p: z.number().nullable().describe("exact: signed ranks from six rounds on, Mann-Whitney from four sessions a side"),
    mean_ratio: ratio.describe("of the geometric means of the sessions' means, which the tail moves"),
    equivalent: z.boolean().nullable().describe("whether the 90 % intervals of both ratios lie within the band of 5 %"),
    sd_factor_a: z.number().nullable().describe("how much a's sessions differ, as a factor; null for a single session"),
    sd_factor_b: z.number().nullable(),
  })
  .describe("what decides; all but the numbers of sessions are null where there are fewer than three a side");

const trials = z
  .object({
    n_a: z.int(),
    n_b: z.int(),
    ratio: ratio.describe("of the medians; null when a value is not positive"),
    ratio_ci: interval.nullable(),
    shift: z.number().describe("median of a less median of b, in the metric's unit"),
    shift_ci: interval.nullable(),
    cliffs_delta: z.number(),
    cliffs_delta_ci: interval.nullable(),
    mann_whitney_u: z.number().describe("pairs with a > b, plus half the ties"),
    p: z.number(),
    brunner_munzel_p: z.number().nullable(),
    effect,
  })
  .describe("what these trials showed, which says nothing of other sessions");

const phaseDifference = z.object({
  phases: z.array(z.enum(PHASE_NAMES)).readonly().describe("one, or those that cannot be told apart on both sides"),
  tier: z.enum(TIERS).nullable(),
  difference_ms: z.number().describe("mean of a less mean of b"),
  difference_ci: interval.nullable(),
  share_pct: z.number().nullable().describe("of the total's difference; null where its interval is wider than ±25 points"),
  share_ci: interval.nullable(),
});

const explained = z.object({
  replicate: z.enum(["session", "trial"]).describe("what was averaged first"),
  total_ms: z.number().describe("mean of a's totals less mean of b's"),
  total_ci: interval.nullable(),
  phases: z.array(phaseDifference).readonly().describe("their differences add up to the total's"),
});

const comparison = z.object({
  experiment: z.enum(EXPERIMENTS),
  condition: z.string(),
  metric: z.string(),
  unit: z.string(),
  better: z.enum(["lower", "higher"]).nullable(),
  a: z.string(),
  b: z.string(),
  family: z.string().describe("within it verdicts are adjusted"),
  sessions,
  trials,
  verdict: z.enum(["faster", "slower", "higher", "lower", "same within 5 %", "not certain", "none"]).describe("a relative to b"),
  reason: z.string(),
  defects: z.array(z.string()).readonly().describe("why no verdict rests on these numbers"),
  cautions: z.array(z.string()).readonly().describe("what a reader must know beside them"),
  explained: explained.nullable().describe("where the difference comes from; only for totals that are split into phases"),
});

const omnibus = z.object({
  experiment: z.enum(EXPERIMENTS),
  condition: z.string(),
  metric: z.string(),
  platforms: z.array(z.string()).readonly(),
  kruskal_wallis_h: z.number(),
  df: z.number(),
  p: z.number(),
});

export const COMPARISON_SCHEMA = 2;
export const comparisonOutput = z.object({
  schema: z.literal(COMPARISON_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  reference: z.string().nullable(),
  comparisons: z.array(comparison).readonly(),
  omnibus: z.array(omnibus).readonly(),
  not_compared: z.array(z.object({ a: z.string(), b: z.string(), what: z.string(), reason: z.string() })).readonly(),
  caveats: z.array(z.string()).readonly(),
  differing: z.array(z.object({ fact: z.string(), values: z.record(z.string(), z.string()) })).readonly(),
  unread: z.array(z.object({ platform: z.string(), reason: z.string() })).readonly(),
}) satisfies z.ZodType<ComparisonReport & { readonly schema: 2 }>;

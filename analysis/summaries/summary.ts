/** What `analyze` says about platforms, as data: every format renders this and nothing else, and its schema is published. */
import * as z from "zod";
import { PHASE_NAMES, TIERS } from "../../research/phases.ts";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { warning } from "../../research/warning.ts";
import { CAUSE_NAMES } from "../../research/why/causes.ts";
import { finding } from "../detectors/finding.ts";
import { description } from "../samples/describe.ts";
import { precisionSchema } from "../samples/precision.ts";
import { sessionsSchema } from "../samples/sessions.ts";
import { timeOrderSchema } from "../samples/time-order.ts";
import { interval } from "../statistics/interval.ts";
import { pairedComparison } from "./paired-conditions.ts";

const outliers = z.object({ "low-severe": z.int(), "low-mild": z.int(), "high-mild": z.int(), "high-severe": z.int() });

const part = z.object({
  phase: z
    .enum(PHASE_NAMES as [string, ...string[]])
    .nullable()
    .describe("null for a tier, which is the sum of its phases, and for a cause"),
  tier: z.enum(TIERS).nullable().describe("null where a phase encloses time of several"),
  cause: z.enum(CAUSE_NAMES).nullable().describe("null for what is not the time of one cause"),
  encloses: z.array(z.string()).readonly().describe("phases whose beginning was not seen and whose time, if any, is in here"),
  share_pct: z.number().nullable().describe("of the summed total of the same trials"),
  share_ci: interval.nullable().describe("95 %, Fieller's, of part and total together; null below five trials"),
});

const metric = description.extend({
  unit: z.string(),
  better: z.enum(["lower", "higher"]).nullable().describe("null for a value that is neither good high nor low"),
  trials: z.int().nullable().describe("all trials, whatever their outcome; null where the source may have left some out"),
  n: z.int().describe("trials that gave a value; where there is none, all statistics are null"),
  mean: z.number().nullable(),
  median: z.number().nullable(),
  q25: z.number().nullable(),
  q75: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  outliers: outliers.nullable().describe("beyond Tukey's fences: labelled, and kept in everything above"),
  without_outliers: description.nullable().describe("without what lies beyond the inner fences; only with --without-outliers"),
  precision: precisionSchema.nullable(),
  time_order: timeOrderSchema.nullable().describe("null for startup's tiers and for phases, whose total has it"),
  sessions: sessionsSchema
    .nullable()
    .describe("null for startup's tiers and for phases, and where the source does not tell sessions apart"),
  intervals: z
    .enum(["independent", "dependent"])
    .describe("dependent: the trials depend on those before them, and mean_ci and median_ci account for it"),
  defects: z.array(z.string()).readonly().describe("why the number is not what its name says; nothing is concluded from it"),
  cautions: z.array(z.string()).readonly().describe("what a reader must know beside the number"),
  part: part.nullable().describe("which part of a start it is; null for whatever is a whole"),
});
export type MetricSummary = Readonly<z.infer<typeof metric>>;

const image = z.object({ digest: z.string(), layers_digest: z.string().optional(), config_digest: z.string().optional() });
const context = z.object({
  images: z.array(image).readonly().optional(),
  command: z.string().optional(),
  until: z.string().optional().describe("what ready_ms was waited for"),
  flags: z.string().optional().describe("of docker run; none: without any"),
  workload: z.string().optional(),
  registry: z.string().optional(),
  address: z.string().optional(),
  probe: z.string().optional(),
  clock: z.string().optional(),
});

const wait = z.object({
  cause: z.enum(CAUSE_NAMES),
  program: z.string().describe("as the kernel names it, with its role"),
  place: z
    .string()
    .nullable()
    .describe("system call and function of the kernel; null on a processor, and where none was recorded"),
  mean_ms: z.number().describe("over all starts; one in which it was not seen took no time for it"),
  share_pct: z.number().nullable().describe("of the summed total"),
  share_ci: interval.nullable().describe("95 %, Fieller's, of part and total together; null below five trials"),
});
export type WaitSummary = Readonly<z.infer<typeof wait>>;

const condition = z.object({
  experiment: z.enum(EXPERIMENTS),
  condition: z.string().describe("the factors' values; with experiment and metric the key of a number"),
  factors: z.record(z.string(), z.string()),
  context: context.describe("how it was measured, as far as the source says"),
  probe: z.string().nullable().describe("which probes saw its starts"),
  outcomes: z
    .object({ ok: z.int(), timeout: z.int(), failed: z.int(), "probe-lost": z.int() })
    .nullable()
    .describe("rows, warm-ups apart; null where the source does not say"),
  waits: z
    .array(wait)
    .readonly()
    .optional()
    .describe("of why: what takes longest on the critical path, at most ten, longest first"),
  metrics: z.record(z.string(), metric).describe("by name; of starts the tiers and phases among them: hook_ms"),
});
export type ConditionSummary = Readonly<z.infer<typeof condition>>;

const observerEffect = z.object({
  probe: z.string(),
  scheduler: z.literal(true).optional().describe("with the scheduler's events beside its own, as why watches"),
  baseline: z.string(),
  image: z.string(),
  pairs: z.int(),
  traced_over_untraced: z.number().nullable(),
  interval: interval.nullable(),
});

const session = z.object({
  session: z.int(),
  started: z.string(),
  ended: z.string().nullable(),
  ending: z.string().nullable(),
  seed: z.number(),
  tool_version: z.string(),
  engine: z.string(),
  runtime: z.string(),
  probe: z.string(),
  observer_effect: z.array(observerEffect).readonly().nullable().describe("what the probe cost, where that was measured"),
});
export type SessionSummary = Readonly<z.infer<typeof session>>;

const platform = z.object({
  label: z.string(),
  sessions: z.array(session).readonly().nullable().describe("null for a folder in the study's format"),
  warnings: z.array(warning).readonly().describe("of the sessions, and what the files give reason to doubt"),
  findings: z.array(finding).readonly().describe("what the numbers give reason to doubt"),
  caveats: z.array(z.string()).readonly().describe("what a reader should know: what is left out or kept apart, with the reason"),
  tables: z
    .partialRecord(z.enum(EXPERIMENTS), z.object({ rows: z.int(), warmups: z.int() }))
    .describe("by experiment: rows of its file, and those of them that are recorded but left out"),
  conditions: z.array(condition).readonly(),
  paired: z.array(pairedComparison).readonly().describe("conditions against each other, paired within blocks"),
});
export type PlatformSummary = Readonly<z.infer<typeof platform>>;

export const ANALYSIS_SCHEMA = 2;
export const analysisReport = z.object({
  schema: z.literal(ANALYSIS_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  platforms: z.array(platform).readonly(),
  unread: z.array(z.object({ platform: z.string(), reason: z.string() })).readonly(),
});
export type AnalysisReport = Readonly<z.infer<typeof analysisReport>>;

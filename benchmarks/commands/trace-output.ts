/** What `trace` prints as JSON; its schema is published. */
import * as z from "zod";
import { ACT_RULES } from "../../research/act-rule.ts";
import { MILESTONE_NAMES } from "../../research/milestones.ts";
import { PHASE_NAMES, TIERS } from "../../research/phases.ts";
import { STOP_MILESTONE_NAMES } from "../../research/stop/milestones.ts";
import { STOP_PHASE_NAMES } from "../../research/stop/phases.ts";
import { CAUSE_NAMES } from "../../research/why/causes.ts";

const nanoseconds = z.int();
const phaseName = z.enum(PHASE_NAMES);

const phase = z.object({
  phase: phaseName,
  tier: z.enum(TIERS).nullable().describe("null where the phase encloses time of another tier that cannot be separated"),
  begin_ns: nanoseconds.describe("since create_sent"),
  end_ns: nanoseconds,
  duration_ns: nanoseconds,
  encloses: z.array(phaseName).readonly().describe("phases whose beginning was not seen and whose time, if any, is in here"),
});

const cause = z.enum(CAUSE_NAMES);
const program = z.string().describe("as the kernel names it; client, and what was forked to serve the start, by their role");
const place = z
  .string()
  .nullable()
  .describe("system call and function of the kernel in which it waited; null where none was recorded");
const causeTime = z.object({ cause, program, place, phase: phaseName, ns: nanoseconds });
const pathStep = z.object({ begin_ns: nanoseconds, end_ns: nanoseconds, phase: phaseName, cause, program, place });

const tiers = z.object({
  daemon_ns: nanoseconds.nullable(),
  runtime_ns: nanoseconds.nullable(),
  process_ns: nanoseconds.nullable(),
});

const stop = z.object({
  problem: z.string().nullable().describe("why something of it is missing"),
  signal_ignored: z
    .boolean()
    .nullable()
    .describe("whether the kernel dropped the stop signal, because its receiver has no handler for it"),
  clock_error_ns: nanoseconds.nullable(),
  milestones: z
    .partialRecord(z.enum(STOP_MILESTONE_NAMES as [string, ...string[]]), nanoseconds.optional())
    .describe("since stop_sent"),
  phases: z
    .array(
      z.object({
        phase: z.enum(STOP_PHASE_NAMES as [string, ...string[]]),
        tier: z.enum(TIERS).nullable(),
        begin_ns: nanoseconds.describe("since stop_sent"),
        end_ns: nanoseconds,
        duration_ns: nanoseconds,
        encloses: z.array(z.string()).readonly(),
      }),
    )
    .readonly()
    .describe("their durations add up to total_ns exactly"),
  tiers,
  total_ns: nanoseconds.nullable().describe("stop_sent to removed"),
});

const start = z.object({
  container_id: z.string().nullable(),
  problem: z.string().nullable().describe("why the start is not ok"),
  clock_error_ns: nanoseconds.describe("bound of the error of every milestone but the events"),
  event_clock_error_ns: nanoseconds.nullish().describe("the same of Docker's events; absent without any"),
  act_rule: z.enum(ACT_RULES).nullable().describe("how the end of the start was determined; null where nothing shows it"),
  act_doubt: z.string().nullable(),
  ready_ns: nanoseconds.nullable().describe("when what --until names was seen; null without it"),
  ready_error_ns: nanoseconds.nullable().describe("how much earlier that may have been"),
  stop: stop.nullable().describe("with --stop: the container's end, in phases as its start; else null"),
  milestones: z
    .partialRecord(z.enum(MILESTONE_NAMES as [string, ...string[]]), nanoseconds.optional())
    .describe("since create_sent"),
  phases: z.array(phase).readonly().describe("their durations add up to total_ns exactly"),
  tiers,
  total_ns: nanoseconds.nullable().describe("create_sent to entry_acts"),
  incomplete: z.string().nullable().describe("why there is no total"),
  causes: z.array(causeTime).readonly().optional().describe("with --why: their times add up to total_ns exactly"),
  path: z
    .array(pathStep)
    .readonly()
    .optional()
    .describe("with --why: the critical path, from create_sent to entry_acts without a gap, cut where phases begin"),
  why_problem: z.string().optional().describe("with --why: why there are no causes"),
});

export const TRACE_SCHEMA = 1;
export const traceOutput = z.object({
  schema: z.literal(TRACE_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  starts: z.array(start).readonly(),
});
export type TraceOutput = Readonly<z.infer<typeof traceOutput>>;

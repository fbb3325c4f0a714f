/** What was asked for and drawn before the first row, so that a run can be gone on with. */
import * as z from "zod";
import { EXPERIMENTS, IMAGE_NAME_PATTERN, LABEL_PATTERN } from "../protocol.ts";
import { identity, usedImage } from "./machine.ts";

/** What all sessions of a run have in common: with another engine, kernel or image it is not continued. */
export const identityOfRun = z.strictObject({
  /** A digest of what the engine calls itself and where its data lies; `null` where it has no lasting name (Podman). */
  engine_id: z.string().nullable(),
  server: z.string(),
  runtime: z.string(),
  storage_driver: z.string(),
  kernel: z.string(),
  cpu: z.string(),
  images: z.array(z.strictObject({ name: z.string().regex(IMAGE_NAME_PATTERN), ...identity })),
});

/** What was to be run of one experiment. */
export const plannedExperiment = z.strictObject({
  name: z.enum(EXPERIMENTS),
  conditions: z.array(z.string()),
  /** Of each condition; for startup those of its warm starts. */
  iterations: z.int().nonnegative(),
  /** Of conditions that were to be run less often than that. */
  fewer: z.record(z.string(), z.int().nonnegative()).optional(),
  warmup_blocks: z.int().nonnegative(),
  /** What a trial does, in words: in other words it is not the same experiment. Not of startup, nor in older files. */
  workload: z.string().optional(),
  /** Not of startup, whose images are the session's, nor in older files. */
  images: z.array(usedImage).optional(),
  /** How long it took, all that was made for it included; absent until it has ended, and in older files. */
  seconds: z.number().nonnegative().optional(),
});

/** What was drawn for a session before the run began. */
export const plannedSession = z.strictObject({
  session: z.int().positive(),
  seed: z.int(),
  /** Of a platform that is measured in turns with others: see the session's own field. */
  round: z.int().positive().optional(),
  /** Its place in the order of the round, from 1. */
  turn: z.int().positive().optional(),
  /** The engine went away during that session: this one measures what was left of it. */
  rest_of: z.int().positive().optional(),
});

/**
 * What `run` was asked for, with every default written out. Options are named as they are typed, without their dashes; those
 * of iterations, sessions, precision and seed are here once more, as text.
 */
export const askedFor = z.strictObject({
  experiments: z.array(z.enum(EXPERIMENTS)).min(1),
  options: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
});

/**
 * One call of `run`, written before its first row: all that `run --resume` needs to go on with it. Its iterations are spread
 * over its sessions, as even as can be; a `rest_of` another shares that one's.
 */
export const plannedRun = z.strictObject({
  /** As given or drawn; the first session's own. */
  seed: z.int(),
  iterations: z.int().positive(),
  /** With --precision, as a share: sessions that are not needed are not run. */
  precision: z.number().positive().optional(),
  sessions: z.array(plannedSession).min(1),
  /** Labels of the platforms that take turns, this one included, in the order in which they were named. */
  platforms: z.array(z.string().regex(LABEL_PATTERN)).min(2).optional(),
  /** The rest is absent in older files, whose runs cannot be continued. */
  asked: askedFor.optional(),
  identity: identityOfRun.optional(),
});

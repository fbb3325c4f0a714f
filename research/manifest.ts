/** platform.json: what was measured on what. One declaration gives the type and the strict reader. */
import * as z from "zod";
import { engine, host, image, type usedImage } from "./manifest/machine.ts";
import { type askedFor, type identityOfRun, plannedExperiment, plannedRun, type plannedSession } from "./manifest/plan.ts";
import { repeatedKey } from "./manifest/repeated-key.ts";
import { seal, type sealedTable } from "./manifest/seal.ts";
import { variant } from "./manifest/variant.ts";
import { HOST_PATTERN, IMAGE_NAME_PATTERN, LABEL_PATTERN, PROBES, REGISTRY_PATTERN } from "./protocol.ts";
import { firstIssue } from "./text/first-issue.ts";

const warning = z.strictObject({ summary: z.string(), evidence: z.string(), remedy: z.string() });
const load = z.number().nonnegative();
const loadAverage = z.tuple([load, load, load]);

const observerEffect = z.strictObject({
  probe: z.enum(PROBES),
  /** With the scheduler's events beside its own, as why watches. */
  scheduler: z.literal(true).optional(),
  /** What it is compared with: nobody watching; in older files, Docker's events alone. */
  baseline: z.enum(["off", "events"]).default("events"),
  image: z.string().regex(IMAGE_NAME_PATTERN),
  pairs: z.int().positive(),
  /** Ratio of the medians of starts with the probe and with the baseline, from create_sent to the first byte; `null` for one pair. */
  traced_over_untraced: z.number().positive().nullable(),
  /** Its 95 % interval. */
  interval: z
    .tuple([z.number(), z.number()])
    .refine(([lower, upper]) => lower <= upper, "the lower bound is above the upper one")
    .nullable(),
});

const continuation = z.strictObject({
  at: z.iso.datetime(),
  tool: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
  /** Whether the engine or its machine was started again since; `null` where that cannot be told. */
  engine_restarted: z.boolean().nullable(),
  load_before: loadAverage.nullable(),
});

const session = z.strictObject({
  session: z.int().positive(),
  tool: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
  seed: z.int(),
  /**
   * Labels of the platforms that were measured in turns with this one. Sessions of them with the same `round` are a pair: they
   * came one after the other, in an order drawn from the run's seed. Both fields are there, or neither (files of 0.1.0, and
   * platforms that were measured alone).
   */
  paired_with: z.array(z.string().regex(LABEL_PATTERN)).min(1).optional(),
  /** Counts on over all runs of these platforms in turns. */
  round: z.int().positive().optional(),
  /** Changes with every start of the engine: the id of Docker's default bridge, which it then makes; absent where there is none. */
  engine_start: z.string().optional(),
  /** Whether tierbench started the engine just before, for this session; absent in files of 0.1.0. */
  fresh_engine: z.boolean().optional(),
  /**
   * Of the experiment startup: its command and iterations; empty and 0 where it was not run. The command is empty, too, where
   * the images' own is started: see `executes`.
   */
  command: z.array(z.string()),
  iterations: z.strictObject({
    warm: z.int().nonnegative(),
    cold: z.int().nonnegative(),
    warmup_blocks: z.int().nonnegative(),
  }),
  /** In the order in which they were run; older files, which have none, are of startup alone. */
  experiments: z.array(plannedExperiment).optional(),
  /** Of network-target: the host as --target named it. */
  target: z.string().regex(HOST_PATTERN).optional(),
  /** Of pull: the registry of --registry; without it, one of our own beside the engine. */
  registry: z.string().regex(REGISTRY_PATTERN).optional(),
  /** Of ladder and the study: the programs that were there, as they name themselves. */
  programs: z.record(z.string(), z.strictObject({ path: z.string(), version: z.string() })).optional(),
  /** Of --until, as typed: what the starts of startup were waited for beyond their end, in ready_ns. */
  until: z.string().optional(),
  /** Of --expect-exit: the code of a container that did what it should, where that is not 0. */
  expect_exit: z.int().optional(),
  /** In the order in which they were named: the others are compared with the first. Absent without any flags. */
  variants: z.array(variant).min(1).optional(),
  started: z.iso.datetime(),
  /** Each time that it was gone on with, by `run --resume`, after it had been ended early; it remains one session. */
  continued: z.array(continuation).min(1).optional(),
  /** `null` while it runs, and for ever when the program was killed. */
  ended: z.iso.datetime().nullable(),
  ending: z.enum(["complete", "interrupted", "failed"]).nullable(),
  host,
  engine,
  images: z.array(image),
  probe: z.strictObject({
    name: z.enum(PROBES),
    clock: z.string(),
    resolution_ns: z.int().nonnegative(),
    clock_error_ns: z.int().nonnegative(),
    /** How this probe was chosen, in a sentence. */
    reason: z.string(),
  }),
  /** What each probe cost on this machine just before; only where --calibrate was given. Older files have one. */
  observer_effect: z.union([z.array(observerEffect), observerEffect.transform((one) => [one])]).optional(),
  /** Of the engine's host; `null` when it could not be asked. */
  load_before: loadAverage.nullable(),
  load_after: loadAverage.nullable(),
  warnings: z.array(warning),
  /** Absent while it runs, of one that was killed, and in files of 0.1.0 that nobody sealed. */
  seal: seal.optional(),
});

const manifest = z.strictObject({
  label: z.string().regex(LABEL_PATTERN),
  /** Absent in files of 0.1.0, where each run was one session. */
  runs: z.array(plannedRun).optional(),
  sessions: z.array(session).min(1),
});

export type Manifest = z.infer<typeof manifest>;
export type Session = z.infer<typeof session>;
export type PlannedRun = z.infer<typeof plannedRun>;
export type AskedFor = z.infer<typeof askedFor>;
export type RunIdentity = z.infer<typeof identityOfRun>;
export type Continuation = z.infer<typeof continuation>;
export type PlannedSession = z.infer<typeof plannedSession>;
export type PlannedExperiment = z.infer<typeof plannedExperiment>;
export type Seal = z.infer<typeof seal>;
export type SealedTable = z.infer<typeof sealedTable>;
export type DescribedVariant = z.infer<typeof variant>;
export type Host = z.infer<typeof host>;
export type EngineDescription = z.infer<typeof engine>;
export type ImageDescription = z.infer<typeof image>;
export type UsedImage = z.infer<typeof usedImage>;

/** Where a session's pulls came from; `undefined` where it has none. */
export const pulledFrom = ({ experiments = [], registry }: Pick<Session, "experiments" | "registry">): string | undefined =>
  experiments.some(({ name }) => name === "pull" || name === "study-pull")
    ? (registry ?? "a registry of our own beside the engine")
    : undefined;

/** The programs that a session's experiments start themselves; `undefined` where it has none of those. */
export const programsOf = ({ programs }: Pick<Session, "programs">): string | undefined =>
  programs &&
  Object.values(programs)
    .map(({ version }) => version)
    .join("; ");

/** A platform.json that cannot be used; the message is one line with the file's name. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
}

/** A checker that is compiled first pays for many objects; a file has few. */
const ONCE = { jitless: true };

/**
 * Reads and checks the text of a platform.json.
 * @param toolVersion version of the program that reads; a file that a newer one wrote is refused, patches apart
 * @throws ManifestError
 */
export function parseManifest(text: string, file: string, toolVersion: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ManifestError(
      `${file}: not JSON (${(cause as Error).message}); restore the file, or measure again under a new label`,
      { cause },
    );
  }
  const twice = repeatedKey(text);
  if (twice !== undefined)
    throw new ManifestError(
      `${file}: line ${twice.line}: the key ${twice.key} is there twice; restore the file, or measure again under a new label`,
    );
  refuseNewerVersions(json, file, toolVersion);
  const parsed = manifest.safeParse(json, ONCE);
  if (parsed.success) return parsed.data;
  throw new ManifestError(`${file}: ${firstIssue(parsed.error)}; restore the file, or measure again under a new label`);
}

/** The version comes first: what a newer version wrote may well have another shape. */
const versions = z.object({ sessions: z.array(z.object({ tool: z.object({ version: z.string() }) })) });

function refuseNewerVersions(json: unknown, file: string, toolVersion: string): void {
  const written = versions.safeParse(json, ONCE);
  if (!written.success) return; // the full check says what is wrong
  for (const { tool } of written.data.sessions) {
    if (isNewer(tool.version, toolVersion)) {
      throw new ManifestError(
        `${file}: written by tierbench ${tool.version}, this is ${toolVersion}, which does not know all of its fields; read it with that version or a later one`,
      );
    }
  }
}

/** Fields are only ever added, so that what an older version wrote is read; a patch adds none. */
function isNewer(version: string, than: string): boolean {
  const [[major, minor], [ownMajor, ownMinor]] = [version, than].map((text) => text.split(".").map(Number)) as [
    number[],
    number[],
  ];
  return (major ?? 0) - (ownMajor ?? 0) > 0 || (major === ownMajor && (minor ?? 0) > (ownMinor ?? 0));
}

/** A session from its connection to its end: engine, images, probe and page cache are opened and closed with it. */
import type { ImageDescription, PlannedSession, RunIdentity, Session } from "../../../research/manifest.ts";
import { type ExperimentName, isOfStudy } from "../../../research/protocol.ts";
import type { Experiment } from "../../design/experiment.ts";
import type { KernelProbe } from "../../design/ports.ts";
import { type Portion, whole } from "../../design/session-plan.ts";
import type { DockerEngine } from "../../edges/engine/docker.ts";
import type { FoundEngine } from "../../edges/engine/find-engine.ts";
import { provideVolumes } from "../../edges/engine/flags/provide-volumes.ts";
import { describeVariants } from "../../edges/engine/flags/variant-settings.ts";
import { engineIdentity } from "../../edges/host/engine-identity.ts";
import { openPageCache } from "../../edges/host/page-cache.ts";
import { type ImageFiles, openImageFiles } from "../../edges/images/image-files.ts";
import { provideImage } from "../../edges/images/images.ts";
import { provideRoles, type RoleImages, usedImages } from "../../edges/images/role-images.ts";
import { chooseProbe } from "../../edges/probe/choose-probe.ts";
import { describePrograms } from "../../edges/programs/programs.ts";
import { experimentsNamed } from "../../experiments/catalogue.ts";
import { startupExperiment } from "../../experiments/startup.ts";
import type { RatioOfMedians } from "../../start/observer-effect.ts";
import { PLAIN_STARTS } from "../../start/own-starts.ts";
import type { PrecisionGoal } from "../../start/precision-goal.ts";
import { gatherFacts } from "../gather-facts.ts";
import { beginSession } from "./begin-session.ts";
import { calibrate } from "./calibrate.ts";
import { continueSession } from "./resume/continue-session.ts";
import { refuseOther, runIdentity } from "./resume/run-identity.ts";
import type { RunRequest } from "./run-request.ts";

export interface SessionWish {
  readonly request: RunRequest;
  readonly found: FoundEngine;
  /** Sessions of the platform that are there already. */
  readonly earlier: readonly Session[];
  readonly planned: PlannedSession;
  readonly portion: Portion;
  /** Indices of the portions that are not measured to their end, this one's among them. */
  readonly left: readonly number[];
  /** Its own entry, where it was ended early. */
  readonly continues: Session | undefined;
  /** Numbers of the sessions that measured a part of it, its own included where it is continued. */
  readonly recordedIn: readonly number[];
  /** Of the run that is resumed: another engine or other images are refused. */
  readonly identity: RunIdentity | undefined;
  /** Labels of the platforms that it takes turns with. */
  readonly pairedWith: readonly string[];
  readonly freshEngine: boolean;
  readonly goal: Pick<PrecisionGoal, "note" | "reached">;
  /** Experiments that turned out not to be measurable in a session before. */
  readonly unmeasurable: ReadonlySet<ExperimentName>;
  /** Where the cost of the probes is measured first. */
  readonly ratioOfMedians: RatioOfMedians | undefined;
}

export interface PreparedSession {
  readonly engine: DockerEngine;
  readonly probe: KernelProbe;
  readonly imageFiles: ImageFiles;
  readonly roles: RoleImages;
  /** Of this session. */
  readonly experiments: readonly Experiment[];
  /** Numbers of the sessions whose rows are its own already: it is continued, or the rest of another. */
  readonly recordedIn: readonly number[];
  /** For people: trials of each condition in the whole run, and how many seconds those that are left take on a small machine. */
  readonly trials: string;
  readonly seconds: number;
  /** What it must have in common with the other sessions of its run. */
  readonly identity: RunIdentity;
  /** Its entry in platform.json as it begins. */
  readonly session: Session;
}

/** @throws whatever keeps it from being measured, before anything of it is written */
export async function withSession<T>(
  wish: SessionWish,
  say: (line: string) => void,
  signal: AbortSignal,
  use: (prepared: PreparedSession) => Promise<T>,
): Promise<T> {
  const { request, found, portion, earlier, planned } = wish;
  const { names, choices, target, registry, variants, command } = request;
  signal.throwIfAborted();
  await using connection = await found.connectAnew();
  const { engine } = connection;
  await engine.open();
  const chosenImages: ImageDescription[] = [];
  if (names.includes("startup") || names.includes("why"))
    for (const choice of choices) chosenImages.push(await provideImage(engine.docker, choice, say, signal, { command }));
  const references = new Map(chosenImages.map(({ name, reference }) => [name, reference]));
  const others = experimentsNamed(names, { ...request, why: { references, starts: request.own ?? PLAIN_STARTS } });
  const roles = await provideRoles(engine.docker, new Set(others.flatMap((other) => other.roles)), choices, say, signal, command);
  signal.throwIfAborted();
  // Before the session's own probe is open: an idle probe costs time, too.
  const { ratioOfMedians } = wish;
  const rounds = {
    ...{ image: chosenImages[0] ?? providedImage(roles), iterations: portion.iterations, seed: planned.seed },
    withScheduler: names.includes("why"),
  };
  const calibrated =
    ratioOfMedians === undefined ? {} : await calibrate({ ...rounds, engine, wish: request.wish, ratioOfMedians, say }, signal);
  const chosen = await chooseProbe(request.wish, engine, say, signal);
  const { probe, reason: probeReason } = chosen;
  await using _probe = probe;

  const imageFiles = openImageFiles(engine.docker);
  const pageCache = request.withCold
    ? await openPageCache(imageFiles, engine.local, references.values(), chosen.sidecar)
    : { problem: "--modes warm leaves cold starts out" };
  const startup = names.includes("startup")
    ? startupExperiment({ references, variants, command, wait: request.wait, pageCache, goal: wish.goal })
    : undefined;
  await using _volumes = await provideVolumes(engine.docker, ...variants.map(({ body }) => body));
  const hasFlags = variants.some(({ name, flags }) => name !== null || flags.length > 0);
  const described =
    hasFlags && chosenImages[0]
      ? await describeVariants(engine, chosenImages[0].reference, variants, request.salt, signal)
      : undefined;
  const all = [...(startup === undefined ? [] : [startup]), ...others];
  const experiments = all.filter(
    ({ name, plan }) =>
      plan(portion).iterations > 0 &&
      !wish.unmeasurable.has(name) &&
      (wish.continues?.experiments?.some((planned) => planned.name === name) ?? true),
  );
  const facts = await gatherFacts({ ...found, engine, chosen }, (chosenImages[0] ?? providedImage(roles))?.reference);
  const begun: Session = {
    ...beginSession({
      ...{ earlier, session: planned.session, seed: planned.seed, probe, probeReason, facts, target, registry },
      experiments: experiments.map((experiment) => ({
        ...experiment.plan(portion),
        ...usedImages(experiment, roles, chosenImages),
      })),
      startup: startup && {
        command,
        iterations: startup.iterations(portion),
        coldProblem: request.withCold && "problem" in pageCache ? pageCache.problem : undefined,
        coldUnseen: "problem" in pageCache ? undefined : pageCache.unseen,
      },
      images: distinct([...chosenImages, ...Object.values(roles).flatMap((image) => ("problem" in image ? [] : [image]))]),
      programs: names.some((name) => name === "ladder" || isOfStudy(name)) ? describePrograms() : undefined,
    }),
    ...(planned.round === undefined ? {} : { paired_with: [...wish.pairedWith], round: planned.round }),
    ...(engine.startMark === undefined ? {} : { engine_start: engine.startMark }),
    fresh_engine: wish.freshEngine,
    ...(described === undefined ? {} : { variants: described }),
    ...(request.wait.typed === undefined ? {} : { until: request.wait.typed }),
    ...(request.wait.expectExit === undefined ? {} : { expect_exit: request.wait.expectExit }),
    ...calibrated,
  };
  const ofRun = whole(portion.iterations);
  const trials = all.map((experiment) => {
    if (experiment !== startup) return `${experiment.name} ${experiment.plan(ofRun).iterations}`;
    const { warm, cold } = startup.iterations(ofRun);
    return `startup ${warm} warm${cold === 0 ? "" : ` and ${cold} cold`}`;
  });
  const seconds = secondsOf(all, portion, wish.left);
  // Awaited here: what was opened is open until then.
  const identity = runIdentity(begun, await engineIdentity(engine));
  if (wish.identity !== undefined) refuseOther(wish.identity, identity);
  const session = wish.continues === undefined ? begun : continueSession(wish.continues, begun);
  return await use({
    ...{ engine, probe, imageFiles, roles, experiments, seconds, identity, session, recordedIn: wish.recordedIn },
    trials: trials.join(", "),
  });
}

/** These sessions of a run together. */
const secondsOf = (experiments: readonly Experiment[], portion: Portion, indices: readonly number[]): number =>
  indices
    .flatMap((index) => experiments.map((experiment) => experiment.size({ ...portion, index }).seconds))
    .reduce((sum, seconds) => sum + seconds, 0);

/** The first of several with the same name: a user's image may share a name with one of ours. */
const distinct = (images: readonly ImageDescription[]): ImageDescription[] =>
  images.filter(({ name }, index) => images.findIndex((other) => other.name === name) === index);

const providedImage = (roles: RoleImages): ImageDescription | undefined =>
  Object.values(roles).flatMap((image) => ("problem" in image ? [] : [image]))[0];

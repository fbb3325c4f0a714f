/** One run: the experiments that were asked for, measured one after the other into a platform's folder. */
import { randomInt } from "node:crypto";
import type { ImageDescription, Session } from "../../research/manifest.ts";
import { MisuseError } from "../../research/misuse.ts";
import { parseShare } from "../../research/parse-share.ts";
import { type ExperimentName, type Probe, STARTUP, USUAL_ITERATIONS } from "../../research/protocol.ts";
import { TABLES } from "../../research/tables/catalogue.ts";
import type { Warning } from "../../research/warning.ts";
import type { Experiment, Laboratory } from "../design/experiment.ts";
import { parseImages } from "../design/image-choice.ts";
import type { ImageRole, OpenRecorder } from "../design/ports.ts";
import type { Report } from "../design/run-experiment.ts";
import { runInTurn, type Turn } from "../design/run-in-turn.ts";
import { iterationsOf } from "../design/schedule.ts";
import { Unmeasurable } from "../design/unmeasurable.ts";
import { findEngine } from "../edges/engine/find-engine.ts";
import { openCsvRecorder } from "../edges/files/csv-recorder.ts";
import { openPlatformFolder } from "../edges/files/platform-folder.ts";
import { toolVersion } from "../edges/files/tool.ts";
import { holdHost } from "../edges/host/host-lock.ts";
import { openPageCache } from "../edges/host/page-cache.ts";
import { openImageFiles } from "../edges/images/image-files.ts";
import { provideImage } from "../edges/images/images.ts";
import { provideRoles, type RoleImages, usedImages } from "../edges/images/role-images.ts";
import { chooseProbe } from "../edges/probe/choose-probe.ts";
import { describePrograms } from "../edges/programs/programs.ts";
import { openProgress } from "../edges/terminal/progress.ts";
import { experimentsNamed } from "../experiments/catalogue.ts";
import { startupExperiment } from "../experiments/startup.ts";
import type { RatioOfMedians } from "../start/observer-effect.ts";
import { PrecisionGoal, type RelativeHalfWidth } from "../start/precision-goal.ts";
import { beginSession, endSession } from "./begin-session.ts";
import { calibrate } from "./calibrate.ts";
import { renderWarning } from "./diagnose.ts";
import { gatherFacts } from "./gather-facts.ts";
import { equip } from "./laboratory.ts";
import { experimentsAskedFor, parseRegistry, parseTarget, SEED_LIMIT, wholeNumber } from "./run-options.ts";
import { OutcomeTally } from "./run-warnings.ts";

export interface RunOptions {
  readonly experiments: readonly (ExperimentName | "all")[];
  readonly platform: string;
  readonly iterations: string | undefined;
  readonly precision: string | undefined;
  readonly seed: string | undefined;
  readonly images: string;
  readonly engine: string | undefined;
  readonly probe: "auto" | Probe;
  /** Whether a helper container may be started on the engine. */
  readonly sidecar: boolean;
  readonly calibrate: boolean;
  readonly target: string | undefined;
  readonly registry: string | undefined;
  readonly append: boolean;
  readonly out: string;
}

/** What measuring needs of the statistics, which are another room's. */
export interface Estimators {
  /** What `--precision` stops on: half the interval of the median, over the median. */
  readonly relativeHalfWidth: RelativeHalfWidth;
  /** What `--calibrate` reports. */
  readonly ratioOfMedians: RatioOfMedians;
}

export async function measurePlatform(
  options: RunOptions,
  { relativeHalfWidth, ratioOfMedians }: Estimators,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const target = options.target === undefined ? undefined : parseTarget(options.target);
  const registry = options.registry === undefined ? undefined : parseRegistry(options.registry);
  const names = experimentsAskedFor(options.experiments, { target, registry });
  const share = options.precision === undefined ? undefined : parseShare("--precision", options.precision);
  if (share !== undefined && names.some((name) => name !== "startup"))
    throw new MisuseError("--precision is for startup alone: run the other experiments without it");
  if (options.calibrate && options.probe === "events")
    throw new MisuseError("--calibrate measures the cost of a kernel probe, and --probe events uses none: leave one of them out");
  if (options.calibrate && !names.includes("startup"))
    throw new MisuseError("--calibrate measures what the probe adds to a start: run startup, too, or leave it out");
  const usual = share === undefined ? USUAL_ITERATIONS : STARTUP.precisionCap;
  const iterations = wholeNumber("--iterations", options.iterations ?? String(usual), 1, 100_000);
  const seed = options.seed === undefined ? randomInt(SEED_LIMIT) : wholeNumber("--seed", options.seed, 0, SEED_LIMIT - 1);
  const choices = parseImages(options.images);
  using platform = openPlatformFolder(options.out, options.platform, options.append, toolVersion);
  using _host = holdHost(`${names.join(" ")} --platform ${options.platform}`);
  // What is there already is read now: a broken file is to be known before anything is measured.
  const last = new Map(
    TABLES.filter(({ name }) => names.includes(name as ExperimentName)).map((table) => [table.name, platform.rowsOf(table)]),
  );

  await using found = await findEngine(options.engine, true, say, signal);
  const { engine } = found;
  await engine.open();
  const startups: ImageDescription[] = [];
  if (names.includes("startup"))
    for (const choice of choices) startups.push(await provideImage(engine.docker, choice, say, signal));
  const others = experimentsNamed(names, target);
  const roles = await provideRoles(engine.docker, new Set(others.flatMap((other) => other.roles)), choices, say, signal);
  signal.throwIfAborted();
  const wish = { wanted: options.probe, mayStartSidecar: options.sidecar };
  // Before the session's own probe is open: one that stands by costs already.
  const calibrated = options.calibrate
    ? await calibrate({ engine, wish, image: startups[0], iterations, seed, ratioOfMedians, say }, signal)
    : {};
  const chosen = await chooseProbe(wish, engine, say, signal);
  const { probe, reason: probeReason } = chosen;
  await using _probe = probe;

  const references = new Map(startups.map(({ name, reference }) => [name, reference]));
  const imageFiles = openImageFiles(engine.docker);
  const pageCache = await openPageCache(imageFiles, engine.local, references.values(), chosen.sidecar);
  const coldProblem = "problem" in pageCache ? pageCache.problem : undefined;
  const coldUnseen = "problem" in pageCache ? undefined : pageCache.unseen;
  const goal = new PrecisionGoal(share, relativeHalfWidth);
  const withStartup = names.includes("startup");
  const startup = { iterations: iterationsOf(iterations, coldProblem === undefined), coldProblem, coldUnseen };
  const experiments = [...(withStartup ? [startupExperiment({ references, pageCache, goal })] : []), ...others];

  const facts = await gatherFacts({ ...found, chosen }, startups[0]?.reference ?? providedImage(roles));
  const session = {
    ...beginSession({
      earlier: platform.earlier,
      seed,
      experiments: experiments.map((experiment) => ({ ...experiment.plan(iterations), ...usedImages(experiment, roles) })),
      startup: withStartup ? startup : undefined,
      images: distinct([...startups, ...Object.values(roles).flatMap((image) => ("problem" in image ? [] : [image]))]),
      probe,
      probeReason,
      facts,
      target,
      registry,
      programs: names.includes("ladder") ? describePrograms() : undefined,
    }),
    ...calibrated,
  };
  platform.claim();
  platform.save(session);
  say(`engine ${session.engine.server} from ${found.source}; probe ${probe.name} (${probeReason}); seed ${seed}`);
  const trials = experiments.map((experiment) => {
    const { name, iterations: planned } = experiment.plan(iterations);
    const { warm, cold } = startup.iterations;
    return name === "startup" ? `startup ${warm} warm and ${cold} cold` : `${name} ${planned}`;
  });
  const upTo = share === undefined ? "" : ", at most";
  say(`trials of each condition${upTo}: ${trials.join(", ")}; about ${minutesOf(experiments, iterations)} minutes`);
  for (const warning of [...session.warnings, ...engine.warnings()]) say(renderWarning(warning));

  const seconds = new Map<string, number>();
  const tallies: OutcomeTally[] = [];
  const later: Warning[] = [];
  const warn = (warning: Warning): void => {
    later.push(warning);
    say(renderWarning(warning));
  };
  const close = (ending: NonNullable<Session["ending"]>): void => {
    const warnings = [...later, ...engine.warnings(), ...imageFiles.warnings(), ...tallies.flatMap((tally) => tally.warnings())];
    platform.save(endSession(session, ending, warnings, seconds, engine.local));
    say(`${ending}: ${platform.folder}`);
  };
  const openRecorder: OpenRecorder = (table) => {
    const { file, lastTrial } = last.get(table.name) ?? platform.rowsOf(table);
    return openCsvRecorder(table, file, session.session, lastTrial);
  };
  const turnOf = (experiment: Experiment): Turn => ({
    name: experiment.name,
    run: async () => {
      const laboratory = equip(engine, probe, referencesOf(experiment, roles), imageFiles, registry, say);
      // Where there are several, each line says of which it speaks.
      const of = experiments.length === 1 ? "" : `${experiment.name}: `;
      const tally = new OutcomeTally(of);
      tallies.push(tally);
      using progress = openProgress(of, experiment.size(iterations));
      const onTrial = (report: Report): void => {
        progress.trial(report);
        const line = tally.note(report);
        if (line !== undefined) progress.say(line);
      };
      const onLack = (condition: string, problem: string): void =>
        warn({
          summary: `${of}${condition} is not supported here and was skipped`,
          evidence: problem,
          remedy: `fix that, then add a session: tierbench run ${experiment.name} --append`,
        });
      await experiment.run({ laboratory, openRecorder, iterations, seed, onTrial, onLack }, signal);
    },
  });
  const turns = experiments.map(turnOf);
  const timed = ({ name, run }: Turn): Turn => ({
    name,
    run: async () => {
      const begun = performance.now();
      await run();
      const took = (performance.now() - begun) / 1_000;
      seconds.set(name, took);
      if (turns.length > 1) say(`${name}: ${(took / 60).toFixed(1)} minutes`);
    },
  });
  try {
    await runInTurn(turns.map(timed), warn);
  } catch (error) {
    try {
      close(signal.aborted ? "interrupted" : "failed");
    } catch (second) {
      say((second as Error).message); // the first error is the cause, and the one to report
    }
    throw error;
  }
  close("complete");
}

const minutesOf = (experiments: readonly Experiment[], iterations: number): number =>
  Math.ceil(experiments.reduce((sum, experiment) => sum + experiment.size(iterations).seconds, 0) / 60);

/** Of several of a name the first: an image of the user's may be called like one of ours. */
const distinct = (images: readonly ImageDescription[]): ImageDescription[] =>
  images.filter(({ name }, index) => images.findIndex((other) => other.name === name) === index);

const providedImage = (roles: RoleImages): string | undefined =>
  Object.values(roles).flatMap((image) => ("problem" in image ? [] : [image.reference]))[0];

/** @throws Unmeasurable when an image that the experiment needs is not to be had */
function referencesOf({ roles }: Experiment, provided: RoleImages): Laboratory["images"] {
  const entries = roles.map((role): [ImageRole, string] => {
    const image = provided[role];
    if (image === undefined || "problem" in image) throw new Unmeasurable(image?.problem ?? `no image for ${role}`);
    return [role, image.reference];
  });
  return Object.fromEntries(entries) as unknown as Laboratory["images"];
}

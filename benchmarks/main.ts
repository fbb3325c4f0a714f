/** Wiring of `run`, `trace`, `doctor` and `sweep`: parse, validate, wire, run, print. */
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import type { Argv } from "yargs";
import type { ImageDescription, Session } from "../research/manifest.ts";
import { MisuseError } from "../research/misuse.ts";
import { parseShare } from "../research/parse-share.ts";
import { partition } from "../research/phases.ts";
import { PROBES, STARTUP } from "../research/protocol.ts";
import { milliseconds } from "../research/units.ts";
import { renderDiagnosis, renderWarning } from "./diagnose.ts";
import { beginSession, endSession } from "./edges/begin-session.ts";
import { readCapturedStarts } from "./edges/captured-file.ts";
import { chooseProbe } from "./edges/choose-probe.ts";
import { machineClock } from "./edges/clock.ts";
import { openCsvRecorder } from "./edges/csv-recorder.ts";
import { findEngine } from "./edges/find-engine.ts";
import { gatherFacts } from "./edges/gather-facts.ts";
import { provideImage } from "./edges/images.ts";
import { interruptible } from "./edges/interruptible.ts";
import { openPageCache } from "./edges/page-cache.ts";
import { openPlatformFolder } from "./edges/platform-folder.ts";
import { openProgress } from "./edges/progress.ts";
import { sweepContainers } from "./edges/sweep.ts";
import { columns, paint } from "./edges/terminal.ts";
import { toolRoot, toolVersion } from "./edges/tool.ts";
import { sweepInstances } from "./edges/tracefs.ts";
import { causalBrackets, offsetByCausality } from "./event-clock.ts";
import { observeStart } from "./experiments/startup.ts";
import { parseImageOrLocal, parseImages } from "./image-choice.ts";
import { PrecisionGoal, type RelativeHalfWidth } from "./precision-goal.ts";
import { runExperiment, type TrialReport } from "./run-experiment.ts";
import { iterationsOf, SEED_LIMIT, wholeNumber } from "./run-options.ts";
import { OutcomeTally } from "./run-warnings.ts";
import { schedule } from "./schedule.ts";
import { type Sightings, timeline } from "./timeline.ts";
import { TRACE_RESOLUTION_NS } from "./trace-line.ts";
import { waterfall } from "./waterfall.ts";

const ENGINE = {
  type: "string",
  requiresArg: true,
  describe:
    "Docker engine: unix:///path, tcp://host:port or ssh://user@host (default: DOCKER_HOST, the docker context, the default socket, or one of our own)",
} as const;
const PROBE = {
  choices: ["auto", ...PROBES] as const,
  default: "auto" as const,
  describe: "where times between the API calls come from",
};
const SIDECAR = {
  type: "boolean",
  default: true,
  describe: "a helper container with SYS_ADMIN may be started on the engine; --no-sidecar forbids it",
} as const;

/** @param relativeHalfWidth the estimator that `--precision` stops on: half the interval of the median, over the median */
export function addBenchmarkCommands(cli: Argv, relativeHalfWidth: RelativeHalfWidth): Argv {
  return cli
    .command(
      "run <experiment>",
      "measure container starts on this machine and write raw CSV",
      (command) =>
        command
          .positional("experiment", { choices: ["startup"] as const, demandOption: true })
          .option("platform", {
            type: "string",
            requiresArg: true,
            demandOption: true,
            describe: "label of this platform: a folder of that name is made in the results",
          })
          .option("iterations", {
            type: "string",
            requiresArg: true,
            defaultDescription: `${STARTUP.warmIterations}, with --precision ${STARTUP.precisionCap}`,
            describe: "warm starts an image; two cold ones come with every five",
          })
          .option("precision", {
            type: "string",
            requiresArg: true,
            describe: "stop a condition once the interval of its median is this narrow, such as 2%; --iterations is the cap",
          })
          .option("seed", { type: "string", requiresArg: true, describe: "order of the trials (default: drawn, and recorded)" })
          .option("images", {
            type: "string",
            requiresArg: true,
            default: "local",
            describe: "local, paper, or a list of small, medium, large and NAME=REFERENCE",
          })
          .option("engine", ENGINE)
          .option("probe", PROBE)
          .option("sidecar", SIDECAR)
          .option("append", { type: "boolean", default: false, describe: "add a session to a platform that exists" })
          .option("out", {
            type: "string",
            requiresArg: true,
            default: resolve(toolRoot, "results"),
            defaultDescription: "results/",
            describe: "folder of the platforms",
          })
          .example("$0 run startup --platform my-laptop", "50 warm and 20 cold starts of three images")
          .example("$0 run startup --platform x --images web=nginx:1.27 --iterations 10", "an image of yours"),
      (options) => interruptible((signal) => run(options, relativeHalfWidth, signal)),
    )
    .command(
      "trace [image] [cmd..]",
      "start one container and draw its timeline",
      (command) =>
        command
          .positional("image", { type: "string", describe: "an image that the engine has, or small, medium, large" })
          .positional("cmd", {
            type: "string",
            array: true,
            describe: "command (default: the image's own); put -- before one with dashes",
          })
          .option("from", { type: "string", requiresArg: true, describe: "draw captured starts from a JSON file instead" })
          .option("format", { choices: ["text", "json"] as const, default: "text" as const })
          .option("engine", ENGINE)
          .option("probe", PROBE)
          .option("sidecar", SIDECAR)
          .example("$0 trace small echo hello", "where do the milliseconds go?")
          .example("$0 trace alpine -- sh -c 'sleep 0.1; echo hi'", "a command with dashes"),
      (options) => interruptible((signal) => trace(options, signal)),
    )
    .command(
      "doctor",
      "what this machine can measure, and what would disturb a measurement",
      (command) => command.option("engine", ENGINE).option("sidecar", SIDECAR),
      (options) => interruptible((signal) => doctor(options, signal)),
    )
    .command(
      "sweep",
      "remove what an interrupted run of tierbench left behind, and nothing else",
      (command) => command.option("engine", ENGINE),
      (options) => sweep(options),
    );
}

const say = (line: string): void => console.error(line);

interface RunOptions {
  readonly platform: string;
  readonly iterations: string | undefined;
  readonly precision: string | undefined;
  readonly seed: string | undefined;
  readonly images: string;
  readonly engine: string | undefined;
  readonly probe: (typeof PROBE.choices)[number];
  readonly sidecar: boolean;
  readonly append: boolean;
  readonly out: string;
}

async function run(options: RunOptions, relativeHalfWidth: RelativeHalfWidth, signal: AbortSignal): Promise<void> {
  const share = options.precision === undefined ? undefined : parseShare("--precision", options.precision);
  const usual = share === undefined ? STARTUP.warmIterations : STARTUP.precisionCap;
  const warm = wholeNumber("--iterations", options.iterations ?? String(usual), 1, 100_000);
  const seed = options.seed === undefined ? randomInt(SEED_LIMIT) : wholeNumber("--seed", options.seed, 0, SEED_LIMIT - 1);
  const choices = parseImages(options.images);
  const platform = openPlatformFolder(options.out, options.platform, options.append, toolVersion);

  await using found = await findEngine(options.engine, true, say);
  const { engine } = found;
  await engine.open();
  const images: ImageDescription[] = [];
  for (const choice of choices) images.push(await provideImage(engine.docker, choice, say, signal));
  signal.throwIfAborted();
  const references = new Map(images.map(({ name, reference }) => [name, reference]));
  const wish = { wanted: options.probe, mayStartSidecar: options.sidecar };
  const chosen = await chooseProbe(wish, engine, say, signal);
  const { probe, reason: probeReason } = chosen;
  await using _probe = probe;
  const pageCache = await openPageCache(engine.docker, engine.local, references.values(), chosen.sidecar);
  const coldProblem = "problem" in pageCache ? pageCache.problem : undefined;
  const iterations = iterationsOf(warm, coldProblem === undefined);
  const blocks = schedule({ images: [...references.keys()], iterations, warmupBlocks: STARTUP.warmupBlocks, seed });

  const coldUnseen = "problem" in pageCache ? undefined : pageCache.unseen;
  const facts = await gatherFacts({ ...found, chosen });
  const session = beginSession({
    earlier: platform.earlier,
    seed,
    iterations,
    images,
    probe,
    probeReason,
    coldProblem,
    coldUnseen,
    facts,
  });
  using _claim = platform.claim();
  platform.save(session);
  say(`Docker ${session.engine.server} from ${found.source}; probe ${probe.name} (${probeReason}); seed ${seed}`);
  for (const warning of session.warnings) say(renderWarning(warning));

  const tally = new OutcomeTally();
  const goal = new PrecisionGoal(share, relativeHalfWidth);
  const close = (ending: NonNullable<Session["ending"]>): void => {
    platform.save(endSession(session, ending, tally.warnings(), engine.local));
    say(`${ending}: ${platform.folder}`);
  };
  try {
    using recorder = openCsvRecorder(platform.startupCsv, session.session, platform.lastTrial);
    using progress = openProgress(blocks);
    const onTrial = (report: TrialReport): void => {
      progress.trial(report);
      goal.note(report);
      const line = tally.note(report);
      if (line !== undefined) progress.say(line);
    };
    await runExperiment(
      {
        blocks,
        references,
        engine,
        probe,
        clock: machineClock,
        pageCache,
        recorder,
        onTrial,
        isDone: (trial) => goal.reached(trial),
      },
      signal,
    );
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

interface TraceOptions {
  readonly image: string | undefined;
  readonly cmd: string[] | undefined;
  /** What stood behind `--`. */
  readonly "--"?: (string | number)[];
  readonly from: string | undefined;
  readonly format: "text" | "json";
  readonly engine: string | undefined;
  readonly probe: RunOptions["probe"];
  readonly sidecar: boolean;
}

/** A service never exits, and may write nothing: then its timeline ends with its exec. */
const TRACE_TIMEOUT = milliseconds(10_000);

async function trace(options: TraceOptions, signal: AbortSignal): Promise<void> {
  if ((options.from === undefined) === (options.image === undefined))
    throw new MisuseError("trace takes either an image or --from FILE");
  const starts =
    options.from === undefined
      ? [await traceLive(options, signal)]
      : readCapturedStarts(options.from).map((sightings) => ({
          sightings,
          resolution: TRACE_RESOLUTION_NS,
          problem: undefined,
          failed: false,
        }));
  if (starts.some(({ failed }) => failed)) process.exitCode = 1;
  const drawn = starts.map(({ sightings, resolution, problem }) => {
    const { milestones, clockError, eventError } = timeline(sightings, resolution);
    return {
      container_id: sightings.containerId ?? null,
      problem: problem ?? null,
      clock_error_ns: clockError,
      event_clock_error_ns: eventError,
      milestones,
      ...partition(milestones),
    };
  });
  if (options.format === "json") {
    console.log(JSON.stringify({ starts: drawn }, null, 2));
  } else {
    for (const start of drawn) {
      console.log(
        `container ${start.container_id?.slice(0, 12) ?? "(not created)"}${start.problem === null ? "" : `: ${start.problem}`}`,
      );
      console.log(`${waterfall(start, columns(), paint).join("\n")}\n`);
    }
  }
}

interface SeenStart {
  readonly sightings: Sightings;
  readonly resolution: number;
  readonly problem: string | undefined;
  readonly failed: boolean;
}

async function traceLive(options: TraceOptions, signal: AbortSignal): Promise<SeenStart> {
  await using found = await findEngine(options.engine, true, say);
  const { engine } = found;
  await engine.open();
  const image = await provideImage(engine.docker, parseImageOrLocal(options.image ?? ""), say, signal);
  const wish = { wanted: options.probe, mayStartSidecar: options.sidecar };
  const { probe, reason } = await chooseProbe(wish, engine, say, signal);
  await using _probe = probe;
  say(`${found.source}: ${image.reference}; probe ${probe.name} (${reason})`);
  const command = [...(options.cmd ?? []), ...(options["--"] ?? []).map(String)];
  const request = {
    image: image.reference,
    command: command.length === 0 ? undefined : command,
    timeout: TRACE_TIMEOUT,
    untilFirstByte: true,
  };
  const wall = engine.local ? machineClock.wallOffset() : undefined;
  const start = await observeStart({ engine, probe, clock: machineClock }, request, signal);
  if (start.containerId === undefined) throw new Error(`the container could not be created: ${start.problem}`);
  const sightings = {
    ...start,
    wall: wall ?? start.kernelClock?.wall ?? offsetByCausality(causalBrackets(start.client, start.events)),
  };
  return { sightings, resolution: probe.resolution, problem: start.problem, failed: start.outcome === "failed" };
}

async function doctor(options: { engine: string | undefined; sidecar: boolean }, signal: AbortSignal): Promise<void> {
  const found = await findEngine(options.engine, false, say).catch((error: Error) => error);
  if (found instanceof Error) {
    for (const line of renderDiagnosis(await gatherFacts(found))) console.log(line);
    process.exitCode = 1;
    return;
  }
  await using _found = found;
  await found.engine.open();
  const chosen = await chooseProbe({ wanted: "auto", mayStartSidecar: options.sidecar }, found.engine, say, signal);
  await using _probe = chosen.probe;
  for (const line of renderDiagnosis(await gatherFacts({ ...found, chosen }))) console.log(line);
}

async function sweep(options: { engine: string | undefined }): Promise<void> {
  await using found = await findEngine(options.engine, false, say);
  const { removed, kept } = await sweepContainers(found.engine.docker);
  for (const { id, why } of kept) console.log(`left alone: container ${id} (${why})`);
  const instances = sweepInstances();
  for (const line of [
    ...removed.map((id) => `removed container ${id}`),
    ...instances.map((name) => `removed trace instance ${name}`),
  ])
    console.log(line);
  if (removed.length + instances.length === 0) console.log("nothing to sweep");
}

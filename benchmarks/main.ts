/** Wiring of `run`, `trace`, `doctor` and `sweep`: parse, validate, wire, run, print. */
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { styleText } from "node:util";
import type { Argv } from "yargs";
import { InterruptedError } from "../research/interrupted.ts";
import type { Session } from "../research/manifest.ts";
import { MisuseError } from "../research/misuse.ts";
import { partition, type Tier } from "../research/phases.ts";
import { type Mode, PROBES, STARTUP } from "../research/protocol.ts";
import { milliseconds } from "../research/units.ts";
import type { Warning } from "../research/warning.ts";
import { capabilities, disturbances } from "./diagnose.ts";
import { readCapturedStarts } from "./edges/captured-file.ts";
import { machineClock } from "./edges/clock.ts";
import { openCsvRecorder } from "./edges/csv-recorder.ts";
import type { DockerEngine } from "./edges/docker.ts";
import { eventsProbe } from "./edges/events-probe.ts";
import { findEngine } from "./edges/find-engine.ts";
import { gatherFacts } from "./edges/gather-facts.ts";
import { describeHost, loadAverage } from "./edges/host.ts";
import { provideImage } from "./edges/images.ts";
import { coldProblem, openPageCache } from "./edges/page-cache.ts";
import { openPlatformFolder } from "./edges/platform-folder.ts";
import { openProgress } from "./edges/progress.ts";
import { sweepContainers } from "./edges/sweep.ts";
import { toolCommit, toolRoot, toolVersion } from "./edges/tool.ts";
import { openTracefs, sweepInstances, tracefsProblem } from "./edges/tracefs.ts";
import { causalBrackets, offsetByCausality } from "./event-clock.ts";
import { observeStart } from "./experiments/startup.ts";
import { parseImageOrLocal, parseImages } from "./image-choice.ts";
import type { KernelProbe, PageCache } from "./ports.ts";
import { runExperiment, type TrialReport } from "./run-experiment.ts";
import { schedule } from "./schedule.ts";
import { type Sightings, timeline } from "./timeline.ts";
import { TRACE_RESOLUTION_NS } from "./trace-line.ts";
import { type Paint, waterfall } from "./waterfall.ts";

const ENGINE = {
  type: "string",
  describe:
    "Docker engine: unix:///path or tcp://host:port (default: DOCKER_HOST, the docker context, the default socket, or one of our own)",
} as const;
const PROBE = {
  choices: ["auto", ...PROBES] as const,
  default: "auto" as const,
  describe: "where times between the API calls come from",
};

export function addBenchmarkCommands(cli: Argv): Argv {
  return cli
    .command(
      "run <experiment>",
      "measure container starts on this machine and write raw CSV",
      (command) =>
        command
          .positional("experiment", { choices: ["startup"] as const, demandOption: true })
          .option("platform", {
            type: "string",
            demandOption: true,
            describe: "label of this platform: a folder of that name is made in the results",
          })
          .option("iterations", {
            type: "number",
            default: STARTUP.warmIterations,
            describe: "warm starts an image; two cold ones come with every five",
          })
          .option("seed", { type: "number", describe: "order of the trials (default: drawn, and recorded)" })
          .option("images", {
            type: "string",
            default: "local",
            describe: "local, paper, or a list of small, medium, large and NAME=REFERENCE",
          })
          .option("engine", ENGINE)
          .option("probe", PROBE)
          .option("append", { type: "boolean", default: false, describe: "add a session to a platform that exists" })
          .option("out", {
            type: "string",
            default: resolve(toolRoot, "results"),
            defaultDescription: "results/",
            describe: "folder of the platforms",
          })
          .example("$0 run startup --platform my-laptop", "50 warm and 20 cold starts of three images")
          .example("$0 run startup --platform x --images web=nginx:1.27 --iterations 10", "an image of yours"),
      (options) => interruptible((signal) => run(options, signal)),
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
          .option("from", { type: "string", describe: "draw captured starts from a JSON file instead" })
          .option("format", { choices: ["text", "json"] as const, default: "text" as const })
          .option("engine", ENGINE)
          .option("probe", PROBE)
          .example("$0 trace small echo hello", "where do the milliseconds go?")
          .example("$0 trace alpine -- sh -c 'sleep 0.1; echo hi'", "a command with dashes"),
      (options) => interruptible((signal) => trace(options, signal)),
    )
    .command(
      "doctor",
      "what this machine can measure, and what would disturb a measurement",
      (command) => command.option("engine", ENGINE),
      (options) => doctor(options),
    )
    .command(
      "sweep",
      "remove what an interrupted run of tierbench left behind, and nothing else",
      (command) => command.option("engine", ENGINE),
      (options) => sweep(options),
    );
}

const say = (line: string): void => console.error(line);

/** Ctrl-C and SIGTERM end the work in order; a second Ctrl-C ends the program at once. */
async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    say(`\n${signal}: cleaning up (again to stop at once)`);
    controller.abort(new InterruptedError(`interrupted by ${signal}`));
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

interface RunOptions {
  readonly platform: string;
  readonly iterations: number;
  readonly seed: number | undefined;
  readonly images: string;
  readonly engine: string | undefined;
  readonly probe: (typeof PROBE.choices)[number];
  readonly append: boolean;
  readonly out: string;
}

async function run(options: RunOptions, signal: AbortSignal): Promise<void> {
  const warm = wholeNumber("--iterations", options.iterations, 1, 100_000);
  const seed = options.seed === undefined ? randomInt(2 ** 31) : wholeNumber("--seed", options.seed, 0, 2 ** 31 - 1);
  const choices = parseImages(options.images);
  const platform = openPlatformFolder(options.out, options.platform, options.append, toolVersion);

  await using found = await findEngine(options.engine, true, say);
  const { engine } = found;
  await engine.open();
  const images = [];
  for (const choice of choices) images.push(await provideImage(engine.docker, choice, say));
  signal.throwIfAborted();
  const references = new Map(images.map(({ name, reference }) => [name, reference]));
  const { probe, reason } = chooseProbe(options.probe, engine);
  await using _probe = probe;
  const cold = await openCold(engine, references.values());
  const iterations: Record<Mode, number> = {
    warm,
    cold: "problem" in cold ? 0 : Math.round((warm * STARTUP.coldIterations) / STARTUP.warmIterations),
  };
  const blocks = schedule({ images: [...references.keys()], iterations, warmupBlocks: STARTUP.warmupBlocks, seed });

  const facts = await gatherFacts(found);
  const clockError = Math.max(probe.resolution, machineClock.wallOffset().error);
  const session: Session = {
    session: platform.session,
    tool: { version: toolVersion, commit: toolCommit() },
    seed,
    command: [...STARTUP.command],
    iterations: { ...iterations, warmup_blocks: STARTUP.warmupBlocks },
    started: new Date().toISOString(),
    ended: null,
    ending: null,
    host: describeHost(),
    engine: "problem" in facts.engine ? unreachable(facts.engine.problem) : facts.engine.description,
    images,
    probe: { name: probe.name, clock: "CLOCK_MONOTONIC", resolution_ns: probe.resolution, clock_error_ns: clockError, reason },
    load_before: loadAverage(),
    load_after: null,
    warnings: [...disturbances(facts), ...("problem" in cold ? [coldWarning(cold.problem)] : [COLD_EVICTS_ALL])],
  };
  platform.save(session);
  say(`${found.source}: Docker ${session.engine.server}; probe ${probe.name} (${reason}); seed ${seed}`);
  for (const warning of session.warnings) say(renderWarning(warning));

  const tally = new Map<string, { count: number; problem: string }>();
  const close = (ending: NonNullable<Session["ending"]>): void => {
    const warnings = [
      ...session.warnings,
      ...[...tally].map(([outcome, { count, problem }]) => outcomeWarning(outcome, count, problem)),
    ];
    platform.save({ ...session, ended: new Date().toISOString(), ending, load_after: loadAverage(), warnings });
    say(`${ending}: ${platform.folder}`);
  };
  try {
    using recorder = openCsvRecorder(platform.startupCsv, platform.session);
    using progress = openProgress(
      blocks.length,
      blocks.reduce((sum, { trials }) => sum + trials.length, 0),
    );
    const onTrial = (report: TrialReport): void => {
      progress.trial(report);
      const { outcome, problem } = report.start;
      if (problem === undefined) return;
      const known = tally.get(outcome);
      if (known === undefined) progress.say(`${report.trial.image} ${report.trial.mode}: ${outcome}: ${problem}`);
      tally.set(outcome, { count: (known?.count ?? 0) + 1, problem: known?.problem ?? problem });
    };
    const pageCache: PageCache = "problem" in cold ? { drop: () => Promise.reject(new Error(cold.problem)) } : cold;
    await runExperiment({ blocks, references, engine, probe, clock: machineClock, pageCache, recorder, onTrial }, signal);
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

/** @throws MisuseError */
function wholeNumber(option: string, value: number, from: number, to: number): number {
  if (!Number.isInteger(value) || value < from || value > to)
    throw new MisuseError(`${option} takes a whole number from ${from} to ${to}, got ${value}`);
  return value;
}

const unreachable = (problem: string): never => {
  throw new Error(problem);
};

function chooseProbe(wanted: RunOptions["probe"], engine: DockerEngine): { probe: KernelProbe; reason: string } {
  if (wanted === "events") return { probe: eventsProbe, reason: "asked for" };
  const problem = engine.local ? tracefsProblem() : "the engine's kernel is not this machine's";
  if (problem === undefined)
    return { probe: openTracefs(), reason: wanted === "auto" ? "the best that works here" : "asked for" };
  if (wanted === "tracefs")
    throw new Error(`--probe tracefs can not be had: ${problem}; --probe events measures totals without tiers`);
  return { probe: eventsProbe, reason: `no kernel probe: ${problem}` };
}

async function openCold(engine: DockerEngine, references: Iterable<string>): Promise<PageCache | { problem: string }> {
  const problem = coldProblem(engine.local);
  if (problem !== undefined) return { problem };
  return openPageCache(engine.docker, references).catch((error: Error) => ({ problem: error.message }));
}

const coldWarning = (problem: string): Warning => ({
  summary: "cold starts are not measurable here and were left out",
  evidence: problem,
  remedy: "see `tierbench doctor`",
});

const COLD_EVICTS_ALL: Warning = {
  summary: "cold starts also reload the engine's and the runtime's own programs",
  evidence: "dropping the page cache evicts every file that is not mapped, not the image's alone",
  remedy: "read `cold` as the first start after a reboot; each is followed by a warming start, recorded as warm-up",
};

const outcomeWarning = (outcome: string, count: number, problem: string): Warning => ({
  summary: `${count} trials ended as ${outcome}`,
  evidence: `the first: ${problem}`,
  remedy: "they are in the CSV with their outcome and are not summarised",
});

const renderWarning = ({ summary, evidence, remedy }: Warning): string => `warning: ${summary} (${evidence}). ${remedy}`;

interface TraceOptions {
  readonly image: string | undefined;
  readonly cmd: string[] | undefined;
  readonly from: string | undefined;
  readonly format: "text" | "json";
  readonly engine: string | undefined;
  readonly probe: RunOptions["probe"];
}

/** A service never exits, and may write nothing: then its timeline ends with its exec. */
const TRACE_TIMEOUT = milliseconds(10_000);

async function trace(options: TraceOptions, signal: AbortSignal): Promise<void> {
  if ((options.from === undefined) === (options.image === undefined))
    throw new MisuseError("trace takes either an image or --from FILE");
  const starts =
    options.from === undefined
      ? [await traceLive(options, signal)]
      : readCapturedStarts(options.from).map((sightings) => ({ sightings, resolution: TRACE_RESOLUTION_NS, problem: undefined }));
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
      console.log(`${waterfall(start, process.stdout.columns ?? 100, paint()).join("\n")}\n`);
    }
  }
}

interface SeenStart {
  readonly sightings: Sightings;
  readonly resolution: number;
  readonly problem: string | undefined;
}

async function traceLive(options: TraceOptions, signal: AbortSignal): Promise<SeenStart> {
  await using found = await findEngine(options.engine, true, say);
  const { engine } = found;
  await engine.open();
  const image = await provideImage(engine.docker, parseImageOrLocal(options.image ?? ""), say);
  const { probe, reason } = chooseProbe(options.probe, engine);
  await using _probe = probe;
  say(`${found.source}: ${image.reference}; probe ${probe.name} (${reason})`);
  const command = options.cmd === undefined || options.cmd.length === 0 ? undefined : options.cmd;
  const request = { image: image.reference, command, timeout: TRACE_TIMEOUT, untilFirstByte: true };
  const wall = engine.local ? machineClock.wallOffset() : undefined;
  const start = await observeStart({ engine, probe, clock: machineClock }, request, signal);
  if (start.containerId === undefined) throw new Error(`the container could not be created: ${start.problem}`);
  const sightings = { ...start, wall: wall ?? offsetByCausality(causalBrackets(start.client, start.events)) };
  return { sightings, resolution: probe.resolution, problem: start.problem };
}

/** Colours by tier, the same as in the figures' legend; plain where the output is no terminal or NO_COLOR is set. */
function paint(): Paint {
  const colours: Record<Tier, "blue" | "yellow" | "magenta"> = { daemon: "blue", runtime: "yellow", process: "magenta" };
  const colourful = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  return (tier, text) => (colourful && tier !== null ? styleText(colours[tier], text) : text);
}

async function doctor(options: { engine: string | undefined }): Promise<void> {
  const found = await findEngine(options.engine, false, say).catch((error: Error) => error);
  if (!(found instanceof Error)) await found.engine.open();
  await using _found = found instanceof Error ? undefined : found;
  const facts = await gatherFacts(found);
  const able = capabilities(facts);
  console.log("What can be measured here");
  for (const { what, available, evidence, remedy } of able)
    console.log(`  ${available ? "yes" : "NO "} ${what}: ${evidence}${remedy === undefined ? "" : `; ${remedy}`}`);
  console.log(`  cgroup version ${facts.cgroupVersion}`);
  const disturbing = disturbances(facts);
  console.log(
    disturbing.length === 0 ? "Nothing was found that would disturb a measurement." : "What would disturb a measurement",
  );
  for (const warning of disturbing) console.log(`  ${renderWarning(warning)}`);
  if (found instanceof Error) process.exitCode = 1;
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

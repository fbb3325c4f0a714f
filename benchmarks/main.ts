/** Wiring of `run`, `trace`, `doctor` and `sweep`: parse, validate, wire, run, print. */
import { resolve } from "node:path";
import type { Argv } from "yargs";
import { MisuseError } from "../research/misuse.ts";
import { partition } from "../research/phases.ts";
import { EXPERIMENTS, PROBES, STARTUP, USUAL_ITERATIONS } from "../research/protocol.ts";
import { milliseconds } from "../research/units.ts";
import { renderDiagnosis } from "./diagnose.ts";
import { readCapturedStarts } from "./edges/captured-file.ts";
import { chooseProbe } from "./edges/choose-probe.ts";
import { machineClock } from "./edges/clock.ts";
import { findEngine } from "./edges/find-engine.ts";
import { gatherFacts } from "./edges/gather-facts.ts";
import { provideImage } from "./edges/images.ts";
import { interruptible } from "./edges/interruptible.ts";
import { sweepLaunchFolders } from "./edges/launch-folder.ts";
import { type Estimators, measurePlatform } from "./edges/measure-platform.ts";
import { sweepContainers, sweepImages, sweepVolumes } from "./edges/sweep.ts";
import { columns, paint } from "./edges/terminal.ts";
import { toolRoot } from "./edges/tool.ts";
import { sweepInstances } from "./edges/tracefs.ts";
import { causalBrackets, offsetByCausality } from "./event-clock.ts";
import { observeStart } from "./experiments/startup.ts";
import { experimentsNamed } from "./experiments.ts";
import { parseImageOrLocal } from "./image-choice.ts";
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

export function addBenchmarkCommands(cli: Argv, estimators: Estimators): Argv {
  return cli
    .command(
      "run <experiments..>",
      "measure experiments on this machine and write raw CSV",
      (command) =>
        command
          .positional("experiments", {
            choices: [...EXPERIMENTS, "all"] as const,
            array: true,
            demandOption: true,
            describe: "one, several, or all of the study",
          })
          .option("platform", {
            type: "string",
            requiresArg: true,
            demandOption: true,
            describe: "label of this platform: a folder of that name is made in the results",
          })
          .option("iterations", {
            type: "string",
            requiresArg: true,
            defaultDescription: `${USUAL_ITERATIONS}, with --precision ${STARTUP.precisionCap}`,
            describe: `warm starts an image, with two cold ones for every five, and trials of every other condition; of what takes long fewer: of ${USUAL_ITERATIONS} ${fewerTrials()}`,
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
          .option("calibrate", {
            type: "boolean",
            default: false,
            describe: "first measure what each probe itself costs, in as many rounds of starts as iterations, at most 200",
          })
          .option("target", {
            type: "string",
            requiresArg: true,
            describe: "network: reach this host from containers, too (100 echo requests a trial)",
          })
          .option("registry", {
            type: "string",
            requiresArg: true,
            describe: "pull: push to and pull from HOST[:PORT]/NAMESPACE, without a login, not a registry of our own",
          })
          .option("append", { type: "boolean", default: false, describe: "add a session to a platform that exists" })
          .option("out", {
            type: "string",
            requiresArg: true,
            default: resolve(toolRoot, "results"),
            defaultDescription: "results/",
            describe: "folder of the platforms",
          })
          .example("$0 run startup --platform my-laptop", "50 warm and 20 cold starts of three images")
          .example("$0 run all --platform my-laptop", "the whole study")
          .example("$0 run startup --platform x --images web=nginx:1.27 --iterations 10", "an image of yours"),
      (options) => interruptible((signal) => measurePlatform(options, estimators, say, signal)),
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

/** Of which experiments fewer trials are run than are asked for, and how many. */
const fewerTrials = (): string =>
  experimentsNamed(EXPERIMENTS, "HOST")
    .map((experiment) => experiment.plan(USUAL_ITERATIONS))
    .filter(({ iterations }) => iterations < USUAL_ITERATIONS)
    .map(({ name, iterations }) => `${name} ${iterations}`)
    .join(", ");

interface TraceOptions {
  readonly image: string | undefined;
  readonly cmd: string[] | undefined;
  /** What stood behind `--`. */
  readonly "--"?: (string | number)[];
  readonly from: string | undefined;
  readonly format: "text" | "json";
  readonly engine: string | undefined;
  readonly probe: (typeof PROBE.choices)[number];
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
  const volumes = await sweepVolumes(found.engine.docker);
  const images = await sweepImages(found.engine.docker);
  const instances = sweepInstances();
  const folders = await sweepLaunchFolders();
  for (const line of [
    ...removed.map((id) => `removed container ${id}`),
    ...volumes.map((name) => `removed volume ${name}`),
    ...images.map((reference) => `removed image ${reference}`),
    ...instances.map((name) => `removed trace instance ${name}`),
    ...folders.map((folder) => `removed folder ${folder}`),
  ])
    console.log(line);
  if (removed.length + volumes.length + images.length + instances.length + folders.length === 0) console.log("nothing to sweep");
}

/** The commands that measure: their options, and what runs them. */
import { resolve } from "node:path";
import type { Argv } from "yargs";
import { EXPERIMENT_QUESTIONS, EXPERIMENTS, SESSIONS, STARTUP, USUAL_ITERATIONS } from "../research/protocol.ts";
import { hanging } from "../research/text/screen/fit.ts";
import { SEVERITIES } from "./audit/severity.ts";
import { auditEngine } from "./commands/audit.ts";
import { DOCKER_OPTIONS, flagWords, givenFlags } from "./commands/docker-flags.ts";
import { doctor } from "./commands/doctor.ts";
import { ENGINE, EXPECT_EXIT, PROBE, SIDECAR, say, tell, UNTIL } from "./commands/engine-options.ts";
import { inspect } from "./commands/inspect.ts";
import type { Estimators } from "./commands/run/estimators.ts";
import { measurePlatforms } from "./commands/run/run.ts";
import { sweep } from "./commands/sweep.ts";
import { trace } from "./commands/trace.ts";
import { TRACE_OPTIONS } from "./commands/trace-arguments.ts";
import { whole } from "./design/session-plan.ts";
import { interruptible } from "./edges/terminal/interruptible.ts";
import { experimentsNamed } from "./experiments/catalogue.ts";

const OUT = {
  type: "string",
  requiresArg: true,
  default: resolve("results"),
  defaultDescription: "./results",
  describe: "Folder of the platforms",
} as const;

/** @param columns of the help */
export function addBenchmarkCommands(cli: Argv, estimators: Estimators, columns: number): Argv {
  return cli
    .command(
      "run <experiments..>",
      "Measure experiments on this machine and write raw CSV",
      (command) =>
        command
          .positional("experiments", {
            choices: [...EXPERIMENTS, "all", "study"] as const,
            array: true,
            demandOption: true,
            describe: "One, several, or all; study: what the published study measured, as it did; see the list below",
          })
          .option("platform", {
            type: "string",
            array: true,
            // A list of options of one value each: what follows is not taken for more of them.
            nargs: 1,
            defaultDescription: "local-DATE-TIME",
            describe:
              "Label of this platform: the name of its folder in the results. LABEL=ENGINE, given several times, measures engines in turns",
          })
          .option("iterations", {
            type: "string",
            requiresArg: true,
            defaultDescription: `${USUAL_ITERATIONS}, with --precision ${STARTUP.precisionCap}`,
            describe: "Trials of each condition; slow experiments run fewer, see the table below",
          })
          .option("sessions", {
            type: "string",
            requiresArg: true,
            defaultDescription: `one for every ${SESSIONS.blocksAtLeast} iterations, at most ${SESSIONS.usual}; with --precision one for every ${SESSIONS.precisionBlocks}`,
            describe:
              "Divide the iterations into this many sessions, each with a connection, a probe and warm-up blocks of its own; an engine that tierbench started is restarted before each",
          })
          .option("precision", {
            type: "string",
            requiresArg: true,
            describe:
              "Add sessions until the interval of each condition's median over sessions is within this, such as 2%; startup only, --iterations is the cap",
          })
          .option("seed", {
            type: "string",
            requiresArg: true,
            describe: "Seed of the random order of trials (default: drawn, and recorded)",
          })
          .option("images", {
            type: "string",
            requiresArg: true,
            defaultDescription: "local",
            describe:
              "local, paper, or a comma-separated list of small, medium, large and NAME=REFERENCE; your own are for startup, why, and burst with a command or --until",
          })
          .option("engine", ENGINE)
          // Without a default: what was not given is not compared with what --resume goes on with.
          .option("probe", { ...PROBE, default: undefined, defaultDescription: "auto" })
          .option("sidecar", { ...SIDECAR, default: undefined, defaultDescription: "true" })
          .option("calibrate", {
            type: "boolean",
            describe: "Measure first what each probe itself costs, in as many rounds of starts as iterations (at most 200)",
          })
          .option("keep-traces", {
            type: "boolean",
            describe: "With why: keep the kernel's trace of each start, compressed, for `trace --from FILE --why`",
          })
          .option("target", {
            type: "string",
            requiresArg: true,
            describe:
              "Run network-target, too: 100 echo requests per trial from containers to this host; of study, the host that it pings",
          })
          .option("registry", {
            type: "string",
            requiresArg: true,
            describe: "Let pull use this registry, HOST[:PORT]/NAMESPACE, without a login (default: one of its own)",
          })
          .option("variant", {
            type: "string",
            array: true,
            nargs: 1,
            describe:
              "NAME='FLAGS' of docker run, such as host='--network host'; given several times, each is a condition of startup, and the others are compared with the first",
          })
          .option("until", UNTIL)
          .option("expect-exit", EXPECT_EXIT)
          .option("modes", {
            choices: ["warm", "warm,cold"] as const,
            requiresArg: true,
            defaultDescription: "warm,cold",
            describe: "Leave cold starts out, as with many variants",
          })
          .option("append", { type: "boolean", default: false, describe: "Add a session to an existing platform" })
          .option("resume", {
            type: "boolean",
            default: false,
            describe: "Go on with a run that was ended early, as platform.json says what it was; where there is none, begin it",
          })
          .option("out", OUT)
          .example("$0 run startup --platform my-laptop", "50 warm and 20 cold starts of three images, in five sessions")
          .options(DOCKER_OPTIONS)
          .showHidden("flags", "With --help: list the flags of docker run, too; they are for the starts of startup")
          .example("$0 run startup --platform x --variant base= --variant host='--network host'", "What a flag costs")
          .example("$0 run all --platform my-laptop", "Every experiment but those of study")
          .example("$0 run study --platform my-laptop", "docker run as the published study timed it, to stand in its tables")
          .example("$0 run startup --platform x --images web=nginx:1.27 --iterations 10", "An image of yours")
          .example("$0 run all --platform my-laptop --resume", "What an interrupted run has left to do")
          .example("$0 run startup --platform a=unix:///run/a.sock --platform b=ssh://host", "Two engines in turns")
          .epilogue(`${experimentList(columns)}\n\n${iterationsTable()}`),
      (options) =>
        interruptible(async (signal) => {
          const asked = { ...options, flags: flagWords(options), command: options["--"] as string[] | undefined };
          const folders = await measurePlatforms(asked, estimators, say, signal);
          if (folders.length > 0) say("");
          await estimators.explain(folders);
        }, sweepOf(options)),
    )
    .command(
      "trace [image] [cmd..]",
      "Start one container and draw its timeline",
      (command) =>
        command
          .positional("image", { type: "string", describe: "An image that the engine has, or small, medium, large" })
          .positional("cmd", {
            type: "string",
            array: true,
            describe: "Command (default: the image's own); options behind its first word belong to it",
          })
          .options(TRACE_OPTIONS)
          .options(DOCKER_OPTIONS)
          .showHidden("flags", "With --help: list the flags of docker run, too")
          .example("$0 trace small echo hello", "Where do the milliseconds go?")
          .example("$0 trace small sh -c 'sleep 0.1; echo hi'", "A command with an option of its own")
          .example("$0 trace --network host --read-only --memory 256m nginx:alpine", "Flags of docker run, as they are typed"),
      (options) => interruptible((signal) => trace({ ...options, flags: givenFlags(options) }, signal), sweepOf(options)),
    )
    .command(
      "doctor",
      "Check what this machine can measure, and what would disturb a measurement",
      (command) =>
        command
          .option("engine", ENGINE)
          .option("sidecar", SIDECAR)
          .option("full", { type: "boolean", default: false, describe: "Print everything that was found, not one screen" }),
      (options) => interruptible((signal) => doctor(options, signal), sweepOf(options)),
    )
    .command(
      "inspect <target>",
      "Show what a container or an image is made of, and what the container may do",
      (command) =>
        command
          .positional("target", {
            type: "string",
            demandOption: true,
            describe: "A container or an image of the engine, or small, medium, large",
          })
          .option("engine", ENGINE)
          .option("format", {
            choices: ["text", "json"] as const,
            requiresArg: true,
            default: "text" as const,
            describe: "Output format",
          })
          .option("syscalls", {
            type: "string",
            requiresArg: true,
            describe: "Count and time its system calls for so long, such as 10s",
          })
          .example("$0 inspect web", "Layers, processes, namespaces, cgroup, network and page cache on one screen")
          .example("$0 inspect web --syscalls 10s", "And what it asks of the kernel"),
      (options) => interruptible((signal) => inspect(options, signal), sweepOf(options)),
    )
    .command(
      "audit",
      "Check settings of engine, images and running containers that help an attacker",
      (command) =>
        command
          .option("engine", ENGINE)
          .option("format", {
            choices: ["text", "json", "sarif"] as const,
            requiresArg: true,
            default: "text" as const,
            describe: "Output format",
          })
          .option("full", { type: "boolean", default: false, describe: "Print every finding with its reason, not one screen" })
          .option("fail-on", {
            choices: SEVERITIES,
            requiresArg: true,
            describe: "Exit with code 3 when a finding is as bad or worse",
          })
          .example("$0 audit", "One screen, the worst first")
          .example("$0 audit --format sarif --fail-on high > audit.sarif", "A gate for CI, and what code scanning reads"),
      (options) => interruptible((signal) => auditEngine(options, signal), sweepOf(options)),
    )
    .command(
      "sweep",
      "Remove what an interrupted run left behind, and nothing else",
      (command) => command.option("engine", ENGINE).option("out", OUT),
      (options) => interruptible((signal) => sweep(options, tell, signal), sweepOf(options)),
    );
}

/** The command that removes what an interrupted one could not, as a person types it. */
function sweepOf({
  engine,
  platform = [],
}: {
  readonly engine?: string | undefined;
  readonly platform?: readonly string[] | undefined;
}): string {
  const named = platform.flatMap((text) => (text.includes("=") ? [text.slice(text.indexOf("=") + 1)] : []));
  const engines = engine === undefined ? named : [engine];
  const sweep = "tierbench sweep";
  return engines.length === 0 ? sweep : engines.map((url) => `${sweep} --engine ${url}`).join(" and ");
}

/** The end of `run --help`: each experiment in a line. */
const experimentList = (columns: number): string =>
  ["Experiments:", ...EXPERIMENTS.flatMap((name) => hanging(`  ${name.padEnd(18)}`, EXPERIMENT_QUESTIONS[name], columns))].join(
    "\n",
  );

const ASKED = [5, 10, USUAL_ITERATIONS] as const;

/** How many trials of each condition an experiment runs where so many iterations are asked for. */
function iterationsTable(): string {
  const fewer = experimentsNamed(EXPERIMENTS, { target: "HOST" }).map(({ name, plan }) => ({
    name,
    trials: ASKED.map((asked) => plan(whole(asked)).iterations),
  }));
  const usual = fewer.filter(({ trials }) => trials.every((trial, index) => trial === ASKED[index]));
  const row = (name: string, cells: readonly (number | string)[]): string =>
    `  ${name.padEnd(22)}${cells.map((cell) => String(cell).padStart(6)).join("")}`;
  return [
    "Trials of each condition:",
    row("--iterations", ASKED),
    row("startup, warm", ASKED),
    row(
      "startup, cold",
      ASKED.map((asked) => Math.ceil((asked * STARTUP.coldIterations) / STARTUP.warmIterations)),
    ),
    ...fewer.filter((each) => !usual.includes(each)).map(({ name, trials }) => row(name, trials)),
    row("every other", ASKED),
  ].join("\n");
}

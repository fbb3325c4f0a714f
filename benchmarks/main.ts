/** The commands that measure: their options, and what runs them. */
import { resolve } from "node:path";
import type { Argv } from "yargs";
import { EXPERIMENTS, STARTUP, USUAL_ITERATIONS } from "../research/protocol.ts";
import { doctor } from "./commands/doctor.ts";
import { ENGINE, PROBE, SIDECAR, say } from "./commands/engine-options.ts";
import { type Estimators, measurePlatform } from "./commands/run.ts";
import { sweep } from "./commands/sweep.ts";
import { trace } from "./commands/trace.ts";
import { interruptible } from "./edges/terminal/interruptible.ts";
import { experimentsNamed } from "./experiments/catalogue.ts";

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
            default: resolve("results"),
            defaultDescription: "./results",
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

/** Of which experiments fewer trials are run than are asked for, and how many. */
const fewerTrials = (): string =>
  experimentsNamed(EXPERIMENTS, "HOST")
    .map((experiment) => experiment.plan(USUAL_ITERATIONS))
    .filter(({ iterations }) => iterations < USUAL_ITERATIONS)
    .map(({ name, iterations }) => `${name} ${iterations}`)
    .join(", ");

/** What the published study measured beside starts and pulls, by its own commands; see method/experiments.md for what they show. */
import { STUDY_DIMENSIONS, type StudyDimension, studyDimensionsTable } from "../../../research/tables/study/dimensions.ts";
import { elapsedNs, milliseconds } from "../../../research/units.ts";
import { defineExperiment, type Laboratory, type Part, type Trial } from "../../design/experiment.ts";
import { oneLine } from "../../design/one-line.ts";
import type { DockerCommand, Launch } from "../../design/ports.ts";

type Measured = typeof studyDimensionsTable.unmeasured;
type Condition = { readonly dimension: StudyDimension; readonly subject: (typeof STUDY_DIMENSIONS)[StudyDimension][number] };

const TIMEOUT = milliseconds(60_000);
/** Until containers have settled, as the study's script waited. */
const SETTLE = milliseconds(3_000);
const PINGS = 5;
const LONGEST_LINE = 200;

const COUNT = [
  "start=$(date +%s); count=0",
  "while [ $(($(date +%s) - start)) -lt 2 ]; do count=$((count + 1)); done",
  "echo $count",
].join("\n");
/** A volume of the container's own goes with it. */
const ON_VOLUME = ["--volume", "/data"];

interface Command {
  readonly command: readonly string[];
  readonly flags?: readonly string[];
  /** Run after it, for the difference or the ratio. */
  readonly baseline?: { readonly command: readonly string[] };
}

const sh = (script: string): string[] => ["sh", "-c", script];
const NOTHING = { command: ["true"] };

/** Of what `docker run` starts: BusyBox's dd may be built without a line that tells its speed. */
const ROLES: Readonly<Record<StudyDimension, "shell" | "web">> = {
  ...{ "copy-up": "shell", "cpu-throttling": "shell", metadata: "shell", namespaces: "shell", network: "shell" },
  ...{ write: "web", memory: "web" },
};

/** By `docker run`. */
const COMMANDS = {
  "copy-up": () => ({ command: sh("dd if=/dev/urandom of=/new-file bs=1M count=100 2>/dev/null"), baseline: NOTHING }),
  "cpu-throttling": () => ({ command: sh(COUNT), flags: ["--cpus", "0.5"], baseline: { command: sh(COUNT) } }),
  write: (subject) => ({
    command: sh(`dd if=/dev/zero of=${subject === "volume" ? "/data" : ""}/file bs=1M count=256 2>&1`),
    flags: subject === "volume" ? ON_VOLUME : [],
  }),
  metadata: (subject) => ({
    command: sh(`for j in $(seq 1 500); do echo data > ${subject === "volume" ? "/data" : ""}/file_$j; done`),
    flags: subject === "volume" ? ON_VOLUME : [],
    baseline: NOTHING,
  }),
} as const satisfies Partial<Record<StudyDimension, (subject: string) => Command>>;

const CONDITIONS: readonly Condition[] = (Object.keys(STUDY_DIMENSIONS) as StudyDimension[]).flatMap((dimension) =>
  STUDY_DIMENSIONS[dimension].map((subject) => ({ dimension, subject })),
);

/** @param target of the pings; without one there are none */
export const studyDimensions = (target: string | undefined) =>
  defineExperiment("study-dimensions", {
    ...{ table: studyDimensionsTable, conditions: CONDITIONS, share: 50, warmupBlocks: 0, blockSeconds: 25 },
    roles: ["shell", "web"],
    roleOf: ({ dimension }) => ROLES[dimension],
    workload: `the study's commands${target === undefined ? "" : `, ping of ${target}`}`,
    open: async (laboratory) => {
      const docker = await laboratory.openDockerCommand();
      const lacking = new Map(
        CONDITIONS.filter(({ dimension }) => dimension === "network" && target === undefined).map(
          (condition) => [condition, "the study pinged a host: name one with --target HOST"] as const,
        ),
      );
      return {
        lacking,
        trial: (condition, signal) => measured(laboratory, docker, condition, target, signal),
        [Symbol.asyncDispose]: () => docker[Symbol.asyncDispose](),
      };
    },
  });

async function measured(
  laboratory: Laboratory,
  docker: DockerCommand,
  { dimension, subject }: Condition,
  target: string | undefined,
  signal: AbortSignal,
): Promise<Trial<Measured>> {
  const image = laboratory.images[ROLES[dimension]];
  if (dimension === "memory") return trialOf(await statsOfThree(laboratory, docker, signal));
  if (dimension === "namespaces")
    return trialOf(await docker.beside("unshare", ["--pid", "--fork", "--mount-proc", "echo", "ns_test"], TIMEOUT));
  if (dimension === "network") {
    const flags = subject === "host" ? ["--network", "host"] : [];
    const command = ["ping", "-c", `${PINGS}`, "-q", target ?? ""];
    return trialOf(await docker.run({ image, command, flags, timeout: TIMEOUT }, false));
  }
  const { baseline, ...run }: Command = COMMANDS[dimension](subject);
  const first = await docker.run({ image, ...run, timeout: TIMEOUT }, false);
  const second = baseline && (await docker.run({ image, ...baseline, timeout: TIMEOUT }, false));
  return trialOf(first, second, dimension === "cpu-throttling");
}

function trialOf(launch: Launch, baseline?: Launch, isCounted = false): Trial<Measured> {
  const failed = [launch, baseline].find((each) => each?.problem !== undefined);
  const wall_ns = elapsedNs(launch.began, launch.ended);
  const part: Part<Measured> = {
    ...{ began: launch.began, containerId: undefined, problem: failed?.problem },
    ...(failed === undefined
      ? {
          outcome: "ok",
          measured: {
            wall_ns,
            baseline_ns: baseline === undefined ? null : elapsedNs(baseline.began, baseline.ended),
            printed: lastLine(launch.output),
            baseline_printed: isCounted && baseline !== undefined ? lastLine(baseline.output) : null,
          },
        }
      : { outcome: failed.timedOut ? "timeout" : "failed", measured: studyDimensionsTable.unmeasured }),
  };
  return { parts: [part], headline: failed === undefined ? wall_ns : null };
}

function lastLine(output: string): string | null {
  const last = output.trim().split("\n").at(-1) ?? "";
  return last === "" ? null : oneLine(last).slice(0, LONGEST_LINE);
}

/** The study asked for one container after the other; asked for together, they are seen at one time. */
async function statsOfThree({ engine, images, clock }: Laboratory, docker: DockerCommand, signal: AbortSignal): Promise<Launch> {
  const ids: string[] = [];
  try {
    for (let count = 0; count < Number(STUDY_DIMENSIONS.memory[0]); count += 1) {
      const id = await engine.create(
        { image: images.web, command: ["nginx", "-g", "daemon off;"] },
        AbortSignal.timeout(TIMEOUT),
      );
      ids.push(id);
      await engine.start(id, signal);
    }
    await clock.sleep(SETTLE, signal);
    const launch = await docker.call(["stats", "--no-stream", "--format", "{{.MemUsage}}", ...ids], TIMEOUT);
    return { ...launch, output: launch.output.trim().split("\n").join("; ") };
  } finally {
    for (const id of ids) {
      await engine.remove(id);
      await engine.tornDown(id);
    }
  }
}

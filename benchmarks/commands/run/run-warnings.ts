/** The warnings of a run: how to read cold starts, and what failed. */
import { imageDifference } from "../../../research/image-identity.ts";
import { pulledFrom, type Session } from "../../../research/manifest.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { count } from "../../../research/text/count.ts";
import { OF_COLD_STARTS, type Warning } from "../../../research/warning.ts";
import type { Report } from "../../design/run-experiment.ts";

/**
 * @param coldProblem why cold starts cannot be measured, `undefined` when they can
 * @param coldUnseen what about them cannot be verified
 */
export const coldWarnings = ({
  coldProblem,
  coldUnseen,
}: {
  readonly coldProblem: string | undefined;
  readonly coldUnseen: string | undefined;
}): Warning[] => [coldWarning(coldProblem), ...(coldUnseen === undefined ? [] : [unseenColdWarning(coldUnseen)])];

const coldWarning = (problem: string | undefined): Warning =>
  problem === undefined
    ? {
        summary: `${OF_COLD_STARTS} also reload the engine's and the runtime's own programs`,
        evidence: "dropping the page cache evicts every file that is not mapped, not the image's alone",
        remedy: "read `cold` as the first start after a reboot; warming starts follow, recorded as warm-up",
      }
    : {
        summary: `${OF_COLD_STARTS} are not supported here and were skipped`,
        evidence: problem,
        remedy: "see `tierbench doctor`",
      };

const unseenColdWarning = (unseen: string): Warning => ({
  summary: `${OF_COLD_STARTS} were made cold, but not verified to be cold`,
  evidence: unseen,
  remedy: "measure on the engine's host, as root, where eviction of the image's files can be verified",
});

/** What has changed since the previous session: the label then means two things. */
export function changesSince(
  before: Session | undefined,
  now: Pick<Session, "engine" | "host" | "images" | "experiments" | "registry" | "programs">,
): Warning[] {
  if (before === undefined) return [];
  const { engine, host, images } = now;
  const facts: [string, string | undefined, string | undefined][] = [
    ["engine", before.engine.server, engine.server],
    ["runtime", before.engine.runtime, engine.runtime],
    ["storage driver", before.engine.storage_driver, engine.storage_driver],
    ["kernel", before.host.kernel, host.kernel],
    ["CPU", before.host.cpu, host.cpu],
    ["registry", pulledFrom(before), pulledFrom(now)],
    ...Object.entries(now.programs ?? {}).map(([name, { version }]): [string, string | undefined, string] => [
      `program ${name}`,
      before.programs?.[name]?.version,
      version,
    ]),
  ];
  const warning = (what: string, evidence: string): Warning => ({
    summary: `this session's ${what} differs from session ${before.session}`,
    evidence,
    remedy: "measure it as a platform of its own, under another label",
  });
  return [
    ...facts
      .filter(([, then, current]) => then !== undefined && current !== undefined && then !== current)
      .map(([what, then, current]) => warning(what, `${then} then, ${current} now`)),
    ...images.flatMap((image) => {
      const then = before.images.find(({ name }) => name === image.name);
      const difference = then && imageDifference(then, image);
      return difference === undefined ? [] : [warning(`image ${image.name}`, difference)];
    }),
  ];
}

/** Characters of what a container printed. */
const PRINTED_SHOWN = 80;

/** Counts the unsuccessful trials of an experiment by outcome, with the first reason of each. */
export class OutcomeTally {
  readonly #of: string;
  readonly #problems = new Map<string, { count: number; readonly first: string }>();

  /** Starts that succeeded but whose trace does not show the container. */
  #unseen = 0;

  /** Starts that did not print what their command prints, by condition, with the output of the first. */
  readonly #printed = new Map<string, { count: number; readonly first: string }>();

  /** @param of the experiment's name where several are run, or nothing */
  constructor(of: string) {
    this.#of = of;
  }

  /** @returns a line about the first of its kind, `undefined` otherwise */
  note({ condition, outcome, problem, unseen, printed }: Report): string | undefined {
    if (outcome === "ok" && unseen) this.#unseen += 1;
    if (printed !== undefined) {
      const known = this.#printed.get(condition) ?? { count: 0, first: printed };
      this.#printed.set(condition, { ...known, count: known.count + 1 });
    }
    if (problem === undefined) return undefined;
    const known = this.#problems.get(outcome);
    if (known !== undefined) {
      known.count += 1;
      return undefined;
    }
    this.#problems.set(outcome, { count: 1, first: problem });
    return `${this.#of}${condition}: ${outcome}: ${problem}`;
  }

  warnings(): Warning[] {
    const unseen: Warning = {
      summary: `in ${count(this.#unseen, "start")} the kernel probe did not see the entrypoint's exec`,
      evidence: "no task that joined the container's cgroup executed a program after the runtime's start",
      remedy:
        "their tiers cannot be separated and their total ends with the first byte (a sandboxed runtime such as gVisor, an engine that makes no cgroups, such as a rootless one with cgroup v1, or one on another kernel)",
    };
    const printed = [...this.#printed].map(([condition, { count: starts, first }]) => ({
      summary: `${this.#of}${count(starts, "start")} of ${condition} did not print what \`${STARTUP.command.join(" ")}\` prints`,
      evidence: first === "" ? "the first printed nothing" : `the first printed ${JSON.stringify(first.slice(0, PRINTED_SHOWN))}`,
      remedy:
        "the image's entrypoint takes the command for its arguments, or ignores it, and its own first output was timed; images[].executes in platform.json says what was executed",
    }));
    const outcomes = [...this.#problems].map(([outcome, { count: trials, first }]) =>
      outcome === "ok"
        ? {
            summary: `${this.#of}${count(trials, "trial has", "trials have")} missing values`,
            evidence: `the first: ${first}`,
            remedy: "the reasons are in the rows; empty cells were not measured",
          }
        : {
            summary: `${this.#of}${count(trials, "trial")} ended as ${outcome}`,
            evidence: `the first: ${first}`,
            remedy: "failed trials are in the CSV with their outcome and are not summarised",
          },
    );
    return [...outcomes, ...printed, ...(this.#unseen > 0 ? [unseen] : [])];
  }
}

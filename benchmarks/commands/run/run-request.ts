/** The whole request of `run`, checked before any engine is touched. */
import { randomInt } from "node:crypto";
import type { AskedFor } from "../../../research/manifest.ts";
import { MisuseError } from "../../../research/misuse.ts";
import { parseShare } from "../../../research/parse-share.ts";
import { type ExperimentName, SESSIONS, STARTUP, USUAL_ITERATIONS } from "../../../research/protocol.ts";
import { count } from "../../../research/text/count.ts";
import { flagOf, newSalt, parseVariants, type Salt, type Variant } from "../../design/flags/variants.ts";
import { type ImageChoice, parseImages } from "../../design/image-choice.ts";
import { mostSessions, SEED_LIMIT, usualSessions, whole } from "../../design/session-plan.ts";
import { parseUntil } from "../../design/until.ts";
import { SURROUNDINGS } from "../../edges/files/surroundings.ts";
import type { ProbeWish } from "../../edges/probe/choose-probe.ts";
import { experimentsNamed } from "../../experiments/catalogue.ts";
import type { StartRequest } from "../../start/observe-start.ts";
import type { OwnStarts } from "../../start/own-starts.ts";
import { namedOrNew } from "./platform-label.ts";
import { askedFor, withDefaults } from "./resume/asked-for.ts";
import {
  experimentsAskedFor,
  type PlatformChoice,
  parsePlatforms,
  parseRegistry,
  parseTarget,
  type RunOptions,
  wholeNumber,
} from "./run-options.ts";

/** Experiments whose starts may be of another command, and waited for beyond their end. */
const OF_OWN_STARTS: readonly ExperimentName[] = ["startup", "burst", "why"];

export interface StartWait extends Pick<StartRequest, "until" | "expectExit"> {
  readonly typed: string | undefined;
}

export interface RunRequest {
  readonly platforms: readonly PlatformChoice[];
  readonly names: readonly ExperimentName[];
  readonly choices: readonly ImageChoice[];
  readonly iterations: number;
  /** With a precision, at most. */
  readonly sessions: number;
  /** As a share, 0.02 for 2 %. */
  readonly precision: number | undefined;
  readonly seed: number;
  readonly wish: ProbeWish;
  readonly calibrate: boolean;
  readonly keepTraces: boolean;
  readonly target: string | undefined;
  readonly registry: string | undefined;
  readonly variants: readonly Variant[];
  /** Of hidden values of their flags. */
  readonly salt: Salt;
  /** Of the starts of startup, burst and why; `undefined`: the image's own. */
  readonly command: readonly string[] | undefined;
  readonly withCold: boolean;
  /** Of the same starts. */
  readonly wait: StartWait;
  /** Those of burst and why, where they are not the usual ones. */
  readonly own: OwnStarts | undefined;
  /** The same for the plan in platform.json. */
  readonly asked: AskedFor;
}

/**
 * @param salt of the platforms that are added to; a new one by default
 * @throws MisuseError
 */
export function parseRun(given: RunOptions, salt: Salt = newSalt()): RunRequest {
  const options = withDefaults(given);
  const platforms = parsePlatforms(namedOrNew(options, new Date()), options.engine);
  const target = options.target === undefined ? undefined : parseTarget(options.target);
  const registry = options.registry === undefined ? undefined : parseRegistry(options.registry);
  const names = experimentsAskedFor(options.experiments, { target, registry });
  const precision = options.precision === undefined ? undefined : parseShare("--precision", options.precision);
  if (precision !== undefined && names.some((name) => name !== "startup"))
    throw new MisuseError("--precision is for startup alone: run the other experiments without it");
  if (options.calibrate && options.probe === "events")
    throw new MisuseError("--calibrate measures the cost of a kernel probe, and --probe events uses none: leave one of them out");
  if (options.calibrate && !names.includes("startup") && !names.includes("why"))
    throw new MisuseError("--calibrate measures what the probe adds to a start: run startup or why, too, or leave it out");
  if (options["keep-traces"] && !names.includes("why"))
    throw new MisuseError("--keep-traces keeps what `run why` has recorded: run why, or leave it out");
  const variants = parseVariants(
    options.variant ?? [],
    (options.flags ?? []).flatMap((word) => flagOf(word) ?? []),
    SURROUNDINGS,
  );
  const isGiven = (values: readonly (string | readonly string[] | undefined)[]): boolean =>
    values.some((value) => (value ?? []).length > 0);
  const other = names.find((name) => name !== "startup");
  if (other !== undefined && isGiven([options.variant, options.flags]))
    throw new MisuseError(`variants and flags of docker run are for startup, not for ${other}: run it without them`);
  const untold = names.find((name) => !OF_OWN_STARTS.includes(name));
  const isOwn = isGiven([options.command, options.until, options["expect-exit"]]);
  if (untold !== undefined && isOwn)
    throw new MisuseError(
      `a command, --until and --expect-exit are for startup, burst and why, not for ${untold}: run it without them`,
    );
  const amount = amounts(options, names, target, precision !== undefined);
  const seed = options.seed === undefined ? randomInt(SEED_LIMIT) : wholeNumber("--seed", options.seed, 0, SEED_LIMIT - 1);
  return {
    ...{ platforms, target, registry, names, precision, calibrate: options.calibrate, choices: parseImages(options.images) },
    ...{ ...amount, seed, asked: askedFor(names, { ...options, ...asText({ ...amount, seed }) }, salt) },
    ...{
      ...{ variants, salt },
      command: commandOf(options),
      wait: waitOf(options),
      own: isOwn ? ownStarts(options) : undefined,
      withCold: options.modes === "warm,cold",
      keepTraces: options["keep-traces"] === true,
    },
    wish: { wanted: options.probe, mayStartSidecar: options.sidecar },
  };
}

/** Whoever waits for something of the image's own starts its command. */
const commandOf = ({ command = [], until }: RunOptions): readonly string[] | undefined =>
  command.length > 0 ? command : until === undefined ? STARTUP.command : undefined;

/** @throws MisuseError */
const waitOf = ({ until, "expect-exit": exit }: RunOptions): StartWait => ({
  typed: until,
  until: until === undefined ? undefined : parseUntil(until),
  expectExit: exit === undefined ? undefined : wholeNumber("--expect-exit", exit, 0, 255),
});

/** @throws MisuseError */
function ownStarts(options: RunOptions): OwnStarts {
  const [command, { typed, ...wait }] = [commandOf(options), waitOf(options)];
  const waits = typed === undefined ? [] : [`until ${typed}`];
  const exits = wait.expectExit === undefined ? [] : [`exit code ${wait.expectExit}`];
  return {
    command,
    wait,
    words: [command?.join(" ") ?? "the image's own command", ...waits, ...exits].join(", "),
  };
}

const asText = (numbers: Readonly<Record<"iterations" | "sessions" | "seed", number>>) => ({
  iterations: String(numbers.iterations),
  sessions: String(numbers.sessions),
  seed: String(numbers.seed),
});

function amounts(
  options: Pick<RunOptions, "iterations" | "sessions">,
  names: readonly ExperimentName[],
  target: string | undefined,
  untilPrecise: boolean,
): Pick<RunRequest, "iterations" | "sessions"> {
  const usual = untilPrecise ? STARTUP.precisionCap : USUAL_ITERATIONS;
  const iterations = wholeNumber("--iterations", options.iterations ?? String(usual), 1, 100_000);
  const usualDivision = untilPrecise ? mostSessions(iterations) : usualSessions(iterations);
  // Every session has a trial; an experiment may run fewer than requested.
  const others = experimentsNamed(names, { target }).map(({ plan }) => plan(whole(iterations)).iterations);
  const most = Math.max(names.includes("startup") ? iterations : 1, ...others);
  // It may not have been typed: a run that is added to another takes that one's.
  if (/^\d{1,15}$/.test(options.sessions ?? "") && Number(options.sessions) > most)
    throw new MisuseError(
      `${options.sessions} sessions are too many for ${count(iterations, "iteration")}: each needs a trial, and of so many there are ${most}; raise --iterations, or give --sessions ${most}`,
    );
  const sessions = wholeNumber("--sessions", options.sessions ?? String(Math.min(usualDivision, most)), 1, most);
  if (untilPrecise && sessions < SESSIONS.precisionMinimum)
    throw new MisuseError(
      `--precision is judged after ${SESSIONS.precisionMinimum} sessions at the earliest, and this run has ${sessions} at most: raise --iterations, or leave --precision out`,
    );
  return { iterations, sessions };
}

/** The options of `run`, checked before any engine is touched. */
import { MisuseError } from "../../../research/misuse.ts";
import {
  EXPERIMENTS,
  type ExperimentName,
  HOST_EXPECTED,
  HOST_PATTERN,
  isOfStudy,
  type Probe,
  REGISTRY_EXPECTED,
  REGISTRY_PATTERN,
} from "../../../research/protocol.ts";

/** Of several experiments: `study` is what the published study measured, in its own way, `all` is all else. */
export type ExperimentGroup = "all" | "study";

/** As they were typed: what was not given is `undefined`, so that --resume can tell what was. */
export interface RunOptions {
  readonly experiments: readonly (ExperimentName | ExperimentGroup)[];
  /** Without one, a label is made of date and time. */
  readonly platform: readonly string[] | undefined;
  readonly iterations: string | undefined;
  readonly sessions: string | undefined;
  readonly precision: string | undefined;
  readonly seed: string | undefined;
  readonly images: string | undefined;
  readonly engine: string | undefined;
  readonly probe: "auto" | Probe | undefined;
  /** Whether a helper container may be started on the engine. */
  readonly sidecar: boolean | undefined;
  readonly calibrate: boolean | undefined;
  readonly "keep-traces": boolean | undefined;
  readonly target: string | undefined;
  readonly registry: string | undefined;
  /** Each as NAME=FLAGS. */
  readonly variant: readonly string[] | undefined;
  /** Flags of docker's for all variants, each as `--name=value`. */
  readonly flags: readonly string[] | undefined;
  /** Of the starts of startup, instead of the protocol's. */
  readonly command: readonly string[] | undefined;
  /** As typed. */
  readonly until: string | undefined;
  readonly "expect-exit": string | undefined;
  readonly modes: "warm" | "warm,cold" | undefined;
  readonly append: boolean;
  /** Go on with a run that was ended early. */
  readonly resume: boolean;
  readonly out: string;
}

/**
 * @param text as typed: the command line's parser would add the numbers of an option given twice
 * @throws MisuseError
 */
export function wholeNumber(option: string, text: string, from: number, to: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new MisuseError(`${option} takes a whole number from ${from} to ${to}, got ${JSON.stringify(text)}`);
}

export interface PlatformChoice {
  readonly label: string;
  /** As `--engine` takes it. */
  readonly engine: string | undefined;
}

/**
 * One label, or several as LABEL=ENGINE, which are measured in turns.
 * @param engine of `--engine`
 * @throws MisuseError
 */
export function parsePlatforms(texts: readonly string[], engine: string | undefined): readonly PlatformChoice[] {
  const platforms = texts.map((text): PlatformChoice => {
    const [label = "", ...rest] = text.split("=");
    return { label, engine: rest.length === 0 ? engine : rest.join("=") };
  });
  if (texts.length > 1 && texts.some((text) => !text.includes("=")))
    throw new MisuseError(
      "--platform was given more than once: engines that are measured in turns are named with it, --platform A=ENGINE --platform B=ENGINE",
    );
  if (engine !== undefined && texts.some((text) => text.includes("=")))
    throw new MisuseError("--platform LABEL=ENGINE names its engine itself: leave --engine out");
  const twice = platforms.find(({ label }, index) => platforms.findIndex((other) => other.label === label) !== index);
  if (twice !== undefined)
    throw new MisuseError(`--platform ${twice.label} was given more than once: each needs a label of its own`);
  return platforms;
}

/** @throws MisuseError */
export function parseTarget(text: string): string {
  if (HOST_PATTERN.test(text)) return text;
  throw new MisuseError(`--target takes ${HOST_EXPECTED}, got ${JSON.stringify(text)}`);
}

/** @throws MisuseError */
export function parseRegistry(text: string): string {
  if (REGISTRY_PATTERN.test(text)) return text;
  throw new MisuseError(`--registry takes ${REGISTRY_EXPECTED}, got ${JSON.stringify(text)}`);
}

/**
 * The experiments to run, in the order of the study. `network` with a target includes network-target; without one, `all` is
 * everything else.
 * @throws MisuseError where an option is for an experiment that is not run
 */
export function experimentsAskedFor(
  asked: readonly (ExperimentName | ExperimentGroup)[],
  { target, registry }: { readonly target: string | undefined; readonly registry: string | undefined },
): ExperimentName[] {
  const isAsked = (name: ExperimentName): boolean => asked.includes(isOfStudy(name) ? "study" : "all") || asked.includes(name);
  if (target === undefined && asked.includes("network-target"))
    throw new MisuseError("network-target needs a host: name one with --target HOST");
  const names = EXPERIMENTS.filter((name) =>
    name === "network-target" ? target !== undefined && (isAsked(name) || isAsked("network")) : isAsked(name),
  );
  if (target !== undefined && !names.includes("network-target") && !names.includes("study-dimensions"))
    throw new MisuseError("--target is for network, network-target and study: run one of them, or leave it out");
  if (registry !== undefined && !names.includes("pull") && !names.includes("study-pull"))
    throw new MisuseError("--registry is for pull and study: run one of them, or leave it out");
  return names;
}

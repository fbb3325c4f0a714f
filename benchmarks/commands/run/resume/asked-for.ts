/** The options of `run` that stand in platform.json, so that --resume goes on with the same, and --append adds the same. */

import type { AskedFor, PlannedRun } from "../../../../research/manifest.ts";
import { MisuseError } from "../../../../research/misuse.ts";
import type { ExperimentName } from "../../../../research/protocol.ts";
import { saltOf } from "../../../../research/text/hidden-values.ts";
import { flagOf, hidesValues, parseVariants, recordedFlags, recordedVariant, type Salt } from "../../../design/flags/variants.ts";
import { SURROUNDINGS } from "../../../edges/files/surroundings.ts";
import { experimentsAskedFor, type RunOptions } from "../run-options.ts";

/** Of every option whether it is recorded: it is when it decides what is measured, or how. The compiler asks for new ones. */
const IS_RECORDED: Readonly<Record<keyof RunOptions, boolean>> = {
  ...{ iterations: true, sessions: true, precision: true, seed: true, images: true, target: true, registry: true },
  ...{
    probe: true,
    sidecar: true,
    calibrate: true,
    "keep-traces": true,
    variant: true,
    flags: true,
    command: true,
    modes: true,
    until: true,
    "expect-exit": true,
  },
  // The experiments and the platforms have places of their own; the rest is about this call of `run` alone.
  ...{ experiments: false, platform: false, engine: false, out: false, append: false, resume: false },
};
const RECORDED = Object.entries(IS_RECORDED).flatMap(([name, recorded]) => (recorded ? [name as keyof RunOptions] : []));

const USUAL = { images: "local", probe: "auto", sidecar: true, calibrate: false, modes: "warm,cold" } as const;

export const withDefaults = (options: RunOptions) => ({
  ...options,
  images: options.images ?? USUAL.images,
  probe: options.probe ?? USUAL.probe,
  sidecar: options.sidecar ?? USUAL.sidecar,
  calibrate: options.calibrate ?? USUAL.calibrate,
  modes: options.modes ?? USUAL.modes,
});

/** Flags as they are recorded: a value of the environment is not written to a file. */
const withoutSecrets = ({ variant, flags, ...rest }: RunOptions, salt: Salt): RunOptions => ({
  ...rest,
  flags:
    flags &&
    recordedFlags(
      flags.flatMap((word) => flagOf(word) ?? []),
      salt,
    ),
  variant: variant && parseVariants(variant, [], SURROUNDINGS).map((each) => recordedVariant(each, salt)),
});

type Option = string | boolean | readonly string[];

/** @param options with the defaults and what was drawn */
export const askedFor = (experiments: readonly ExperimentName[], options: RunOptions, salt: Salt): AskedFor => {
  const recorded = withoutSecrets(options, salt);
  return {
    experiments: [...experiments],
    options: Object.fromEntries(
      RECORDED.flatMap((name) => {
        const value = recorded[name] as Option | undefined;
        return value === undefined ? [] : [[name, typeof value === "object" ? [...value] : value]];
      }),
    ),
  };
};

/**
 * What `run --resume` goes on with.
 * @throws MisuseError that names what was given and is not what the interrupted run was given
 */
export function resumedOptions(given: RunOptions, { experiments, options }: AskedFor): RunOptions {
  const comparable = withoutSecrets(given, saltOf(JSON.stringify(options)));
  for (const name of RECORDED) {
    const [now, then] = [comparable[name] as Option | undefined, options[name]];
    if (now !== undefined && JSON.stringify(now) !== JSON.stringify(then)) throw differs(typed(name, now), typed(name, then));
  }
  refuseHidden(given, options, "the run that --resume goes on with");
  // Recorded by the same names, from options of the same types.
  const { variant = options.variant, flags = options.flags } = given;
  const resumed = { ...given, ...options, variant, flags } as RunOptions;
  const names = experimentsAskedFor(given.experiments, resumed);
  if (names.join() !== experiments.join()) throw differs(`experiments ${names.join(" ")}`, experiments.join(" "));
  return { ...resumed, experiments };
}

/** @throws MisuseError where the earlier run had flags with values that are not recorded, and they are not given again */
function refuseHidden(given: RunOptions, options: AskedFor["options"], run: string): void {
  for (const name of ["variant", "flags"] as const) {
    const lines = options[name];
    if (given[name] === undefined && Array.isArray(lines) && lines.some(hidesValues))
      throw new MisuseError(
        `${run} had values of the environment, which are not written to platform.json: give ${name === "flags" ? "its -e" : "its --variant"} once more`,
      );
  }
}

/** What decides which starts are measured; the rest is about one call of `run`, or drawn. */
const ADDED_AGAIN = [
  ...(["images", "iterations", "precision", "probe", "sidecar", "modes"] as const),
  ...(["variant", "flags", "until", "expect-exit", "command"] as const),
] satisfies (keyof RunOptions)[];

export interface AppendedOptions {
  readonly options: RunOptions;
  /** What was taken over, as it would be typed; "" where nothing was. */
  readonly taken: string;
}

/**
 * What `run --append` adds: the same as the platform's last run that measured these experiments, but for what is given. It
 * has as many sessions where it was of just these.
 * @throws MisuseError
 */
export function appendedOptions(given: RunOptions, runs: readonly PlannedRun[]): AppendedOptions {
  const names = experimentsAskedFor(given.experiments, given);
  const last = runs.findLast(
    ({ asked }) => asked !== undefined && names.every((name) => asked.experiments.includes(name)),
  )?.asked;
  if (last === undefined) return { options: given, taken: "" };
  refuseHidden(given, last.options, "the run that --append adds to");
  const same = names.length === last.experiments.length ? (["sessions"] as const) : [];
  const again = [...same, ...ADDED_AGAIN].filter((name) => given[name] === undefined && last.options[name] !== undefined);
  return {
    options: { ...given, ...Object.fromEntries(again.map((name) => [name, last.options[name]])) },
    taken: again
      .filter((name) => JSON.stringify(last.options[name]) !== JSON.stringify(USUAL[name as keyof typeof USUAL]))
      .map((name) => typed(name, last.options[name]))
      .join(" "),
  };
}

const typed = (name: string, value: Option | undefined): string => {
  if (value === undefined) return `no --${name}`;
  if (typeof value === "boolean") return value ? `--${name}` : `--no-${name}`;
  if (typeof value === "object" && name === "command") return `-- ${value.join(" ")}`;
  if (typeof value === "object" && name === "flags") return value.join(" ");
  return `--${name} ${typeof value === "string" ? value : value.join(` --${name} `)}`;
};

const differs = (now: string, then: string): MisuseError =>
  new MisuseError(
    `${now}: the run that --resume goes on with had ${then}: leave it out, or measure another session with --append instead of --resume`,
  );

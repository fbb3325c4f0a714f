/** The options of `run` that stand in platform.json, so that --resume goes on with the same. */

import type { AskedFor } from "../../../../research/manifest.ts";
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

export const withDefaults = ({ images = "local", probe = "auto", sidecar = true, calibrate = false, ...rest }: RunOptions) => ({
  ...rest,
  ...{ images, probe, sidecar, calibrate, modes: rest.modes ?? ("warm,cold" as const) },
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
  for (const name of ["variant", "flags"] as const) {
    const lines = options[name];
    if (given[name] === undefined && Array.isArray(lines) && lines.some(hidesValues))
      throw new MisuseError(
        `the run that --resume goes on with had values of the environment, which are not written to platform.json: give ${name === "flags" ? "its -e" : "its --variant"} once more`,
      );
  }
  // Recorded by the same names, from options of the same types.
  const { variant = options.variant, flags = options.flags } = given;
  const resumed = { ...given, ...options, variant, flags } as RunOptions;
  const names = experimentsAskedFor(given.experiments, resumed);
  if (names.join() !== experiments.join()) throw differs(`experiments ${names.join(" ")}`, experiments.join(" "));
  return { ...resumed, experiments };
}

const typed = (name: string, value: Option | undefined): string => {
  if (value === undefined) return `no --${name}`;
  if (typeof value === "boolean") return value ? `--${name}` : `--no-${name}`;
  return `--${name} ${typeof value === "string" ? value : value.join(` --${name} `)}`;
};

const differs = (now: string, then: string): MisuseError =>
  new MisuseError(
    `${now}: the run that --resume goes on with had ${then}: leave it out, or measure another session with --append instead of --resume`,
  );

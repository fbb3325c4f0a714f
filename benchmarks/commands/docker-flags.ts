/** Flags of `docker run` on our command lines: options of the parser, and what was typed of them. */
import type { Options } from "yargs";
import { FLAGS } from "../design/flags/catalogue.ts";
import type { GivenFlag } from "../design/flags/container-body.ts";

/** Hidden, as there are so many: `--help --flags` shows them. Each value comes as `--name=value`, whatever was typed. */
export const DOCKER_OPTIONS: Readonly<Record<never, Options>> = Object.fromEntries(
  FLAGS.map(({ name, short, help }) => [
    name,
    {
      ...({ type: "string", array: true, nargs: 1, hidden: true } as const),
      ...{ group: "Flags of docker run:", describe: short === undefined ? help : `-${short}: ${help}` },
    },
  ]),
);

/** As words `--name=value`; `undefined` without any. */
export function flagWords(options: Readonly<Record<string, unknown>>): string[] | undefined {
  const words = givenFlags(options).map(({ name, value }) => `--${name}=${value}`);
  return words.length === 0 ? undefined : words;
}

/** @param options as the parser gives them */
export const givenFlags = (options: Readonly<Record<string, unknown>>): GivenFlag[] =>
  FLAGS.flatMap(({ name }) => {
    const values = options[name];
    return Array.isArray(values) ? values.map((value) => ({ name, value: String(value) })) : [];
  });

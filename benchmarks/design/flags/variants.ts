/** Variants of a start: the same image with other flags of `docker run`, each a condition. */
import { createHash } from "node:crypto";
import { MisuseError } from "../../../research/misuse.ts";
import { IMAGE_NAME_PATTERN } from "../../../research/protocol.ts";
import { containerBody, type GivenFlag } from "./container-body.ts";
import type { JsonObject, Surroundings } from "./flag.ts";
import { scanWords } from "./scan-words.ts";
import { splitWords } from "./split-words.ts";

export interface Variant {
  /** `null` where no variants were asked for. */
  readonly name: string | null;
  /** Its own, without those of all variants. */
  readonly own: readonly GivenFlag[];
  readonly flags: readonly GivenFlag[];
  readonly body: JsonObject;
}

const GRAMMAR = { command: "--variant", valued: [], switches: [], refused: {}, leading: 0 } as const;

/**
 * @param texts each as `NAME=FLAGS`
 * @param common flags of all of them, before their own
 * @throws MisuseError
 */
export function parseVariants(
  texts: readonly string[],
  common: readonly GivenFlag[],
  surroundings: Surroundings,
): readonly Variant[] {
  if (texts.length === 0) return [{ name: null, own: [], flags: common, body: containerBody(common, surroundings) }];
  const variants = texts.map((text): Variant => {
    const end = text.indexOf("=");
    const name = text.slice(0, Math.max(end, 0));
    if (!IMAGE_NAME_PATTERN.test(name))
      throw new MisuseError(
        `--variant takes NAME='FLAGS' with a name of letters, digits, dots, - and _, got ${JSON.stringify(text)}`,
      );
    const own = within(name, () => flagsOf(text.slice(end + 1)));
    const flags = [...common, ...own];
    return { name, own, flags, body: within(name, () => containerBody(flags, surroundings)) };
  });
  const twice = variants.find(({ name }, index) => variants.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw new MisuseError(`--variant ${twice.name} was given more than once`);
  return variants;
}

function within<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof MisuseError ? new MisuseError(`--variant ${name}: ${error.message}`, { cause: error }) : error;
  }
}

function flagsOf(line: string): GivenFlag[] {
  const { options, given } = scanWords(splitWords(line), GRAMMAR);
  const flags = options.map(flagOf);
  const strange = given[0] ?? options.find((_, index) => flags[index] === undefined);
  if (strange !== undefined) throw new MisuseError(`${JSON.stringify(strange)} is no flag of docker run`);
  return flags.flatMap((flag) => flag ?? []);
}

/** `--name=value`, as words are scanned. */
export function flagOf(word: string): GivenFlag | undefined {
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}

/**
 * Flags as they are written to files: of an environment variable its name and a hash of its value, which may be a secret.
 * What comes from files or from the caller's environment is not repeated at all.
 */
export const recordedFlags = (flags: readonly GivenFlag[]): string[] =>
  flags.map(({ name, value }) => `--${name}=${name === "env" ? hidden(value) : value}`);

/** @param variable `NAME=VALUE`, or a name alone */
export const hidden = (variable: string): string => {
  const end = variable.indexOf("=");
  return end < 0 ? variable : `${variable.slice(0, end)}=${hashOf(variable.slice(end + 1))}`;
};

/** @returns 12 hexadecimal digits of the SHA-256 */
const hashOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;

/** A variant as it is written to files: what {@link parseVariants} takes, but for hidden values. */
export const recordedVariant = ({ name, own }: Variant): string => `${name}=${recordedFlags(own).map(quoted).join(" ")}`;

/** Whether a recorded line lacks values that it was given. */
export const hidesValues = (line: string): boolean => /--env=[^=\s]+=sha256:[0-9a-f]{12}/.test(line);

const quoted = (word: string): string => (/^[\w.:/@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

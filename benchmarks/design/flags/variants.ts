/** Variants of a start: the same image with other flags of `docker run`, each a condition. */
import { createHash, pbkdf2Sync, randomBytes } from "node:crypto";
import { MisuseError } from "../../../research/misuse.ts";
import { IMAGE_NAME_PATTERN } from "../../../research/protocol.ts";
import { HASH_DIGITS, SALT_DIGITS, salted } from "../../../research/text/hidden-values.ts";
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

/** Of the hashes in a platform's files; `undefined`: those of files that were written before there were salts. */
export type Salt = string | undefined;

export const newSalt = (): string => randomBytes(SALT_DIGITS / 2).toString("hex");

/**
 * Flags as they are written to files: of an environment variable its name and a hash of its value, which may be a secret.
 * What comes from files or from the caller's environment is not repeated at all.
 */
export const recordedFlags = (flags: readonly GivenFlag[], salt: Salt): string[] =>
  flags.map(({ name, value }) => `--${name}=${name === "env" ? hidden(value, salt) : value}`);

/** @param variable `NAME=VALUE`, or a name alone */
function hidden(variable: string, salt: Salt): string {
  const end = variable.indexOf("=");
  return end < 0 ? variable : `${variable.slice(0, end)}=${hashOf(variable.slice(end + 1), salt)}`;
}

/** HMAC-SHA-256 so often that guessing takes long (PBKDF2, RFC 8018): about 50 ms a guess. */
const ROUNDS = 100_000;
/** Each is asked for more than once: by the plan, and by every session. */
const hashes = new Map<string, string>();

function hashOf(text: string, salt: Salt): string {
  if (salt === undefined) return `sha256:${createHash("sha256").update(text).digest("hex").slice(0, HASH_DIGITS)}`;
  const key = `${salt} ${text}`;
  const hash = hashes.get(key) ?? pbkdf2Sync(text, Buffer.from(salt, "hex"), ROUNDS, HASH_DIGITS / 2, "sha256").toString("hex");
  hashes.set(key, hash);
  return salted(salt, hash);
}

/** A variant as it is written to files: what {@link parseVariants} takes, but for hidden values. */
export const recordedVariant = ({ name, own }: Variant, salt: Salt): string =>
  `${name}=${recordedFlags(own, salt).map(quoted).join(" ")}`;

/** Whether a recorded line lacks values that it was given. */
export const hidesValues = (line: string): boolean => /--env=[^=\s]+=(?:pbkdf2|sha256):[0-9a-f:]+/.test(line);

const quoted = (word: string): string => (/^[\w.:/@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** What a flag of `docker run` is: its name, which field of the engine's API it sets, and how its values are read. */

/** A value of the API. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** What the values of a flag may refer to. */
export interface Surroundings {
  /** @throws Error when there is no such file, or it cannot be read */
  readonly read: (path: string) => string;
  /** An environment variable of the caller. */
  readonly variable: (name: string) => string | undefined;
  /** A path that begins with a dot, in the caller's folder. */
  readonly absolute: (path: string) => string;
}

export interface Flag {
  /** As typed, without its dashes. */
  readonly name: string;
  /** A letter. */
  readonly short?: string;
  /** Stands alone; a value is given with `=` only. */
  readonly isSwitch: boolean;
  readonly help: string;
  /** Fields of the body of `POST /containers/create`. @throws BadValue */
  readonly body: (values: readonly string[], surroundings: Surroundings) => JsonObject;
}

/** Says what was expected; who knows the flag's name adds it. */
export class BadValue extends Error {
  override readonly name = "BadValue";
}

export type Parse = (value: string, surroundings: Surroundings) => Json;

/** The body in which the field at a path such as `HostConfig.Memory` has a value. */
export const at = (path: string, value: Json): JsonObject =>
  path
    .split(".")
    .reverse()
    .reduce<Json>((inner, key) => ({ [key]: inner }), value) as JsonObject;

type Name = `${string}` | `${string},${string}`;

/** @param name `memory`, or `memory,m` with its letter */
const named = (name: Name): Pick<Flag, "name" | "short"> => {
  const [long = "", short] = name.split(",");
  return short === undefined ? { name: long } : { name: long, short };
};

/** Of one value: given twice, the last counts, as with docker. */
export const one = (name: Name, field: string, parse: Parse, help: string): Flag => ({
  ...{ ...named(name), isSwitch: false, help },
  body: (values, surroundings) => at(field, parse(values.at(-1) as string, surroundings)),
});

/** May be given several times; its field is a list. */
export const list = (name: Name, field: string, parse: Parse, help: string): Flag => ({
  ...{ ...named(name), isSwitch: false, help },
  body: (values, surroundings) =>
    at(
      field,
      values.map((value) => parse(value, surroundings)),
    ),
});

/** May be given several times as NAME=VALUE; its field is an object. */
export const map = (name: Name, field: string, help: string, check: (entry: string) => void = () => undefined): Flag => ({
  ...{ ...named(name), isSwitch: false, help },
  body: (values) =>
    at(
      field,
      Object.fromEntries(
        values.map((value) => {
          check(value);
          return pair(value);
        }),
      ),
    ),
});

/** What sets other fields than one, or reads its values together. */
export const many = (name: Name, help: string, body: Flag["body"]): Flag => ({ ...named(name), isSwitch: false, help, body });

const TRUE: readonly string[] = ["1", "t", "T", "TRUE", "true", "True"];
const FALSE: readonly string[] = ["0", "f", "F", "FALSE", "false", "False"];

/** @throws BadValue */
export function truth(value: string): boolean {
  if (TRUE.includes(value)) return true;
  if (FALSE.includes(value)) return false;
  throw new BadValue(`expected true or false, got ${JSON.stringify(value)}`);
}

/** @param bodyOf without it, the flag says what is so anyway */
export const toggle = (name: Name, help: string, bodyOf: (on: boolean) => JsonObject): Flag => ({
  ...{ ...named(name), isSwitch: true, help },
  body: (values) => bodyOf(truth(values.at(-1) as string)),
});

/** Objects are merged, lists joined; of other values the last counts. */
export function merged(a: JsonObject, b: JsonObject): JsonObject {
  const both = Object.entries(b).map(([key, value]): [string, Json] => [key, joined(a[key], value)]);
  return { ...a, ...Object.fromEntries(both) };
}

function joined(before: Json | undefined, value: Json): Json {
  if (isList(before) && isList(value)) return [...before, ...value];
  return isObject(before) && isObject(value) ? merged(before, value) : value;
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `NAME=VALUE`, or a name alone with the empty value. */
export function pair(text: string): [string, string] {
  const end = text.indexOf("=");
  return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
}

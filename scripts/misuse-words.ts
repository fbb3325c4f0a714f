/** What the parser says of a command line that it cannot take → what is missing or wrong, in this program's words, and where help is. */
import { didYouMean } from "../research/text/nearest.ts";

/** What is declared of the command that was meant, as far as the parser had come. */
export interface Declared {
  /** `platform show`; empty where no command was recognized. */
  readonly command: string;
  /** As it was declared: `show <platform>`. */
  readonly usage: string;
  /** By option and positional. */
  readonly descriptions: Readonly<Record<string, string | undefined>>;
  /** Of an option or positional that takes one of these. */
  readonly choices: Readonly<Record<string, readonly unknown[] | undefined>>;
  /** Those below the command. */
  readonly commands: readonly string[];
}

/** @param typed the words as they were typed */
export function misuseWords(message: string, declared: Declared, typed: readonly string[]): string {
  const [, missing] = /^Not enough non-option arguments: got (\d+)/.exec(message) ?? [];
  if (missing !== undefined) return withHelp(needed(Number(missing), declared), declared);
  const [, valueless] = /^Not enough arguments following: (.+)$/.exec(message) ?? [];
  if (valueless !== undefined) return withHelp(`--${valueless} needs a value: ${takes(valueless, declared)}`, declared);
  const invalid = [...message.matchAll(/Argument: (\S+), Given: (.*), Choices: /g)];
  if (invalid.length > 0)
    return withHelp(invalid.map(([, name = "", given = ""]) => notTaken(name, given, declared)).join("; "), declared);
  const [, unknown] = /^Unknown arguments?: (.+)$/.exec(message) ?? [];
  if (unknown !== undefined) {
    const words = unknown.split(", ");
    // Of words behind a command that there is not nothing is known.
    if (declared.commands.length > 0) words.length = 1;
    return withHelp(words.map((word) => notKnown(word, declared, typed)).join("; "), declared);
  }
  return message;
}

const withHelp = (complaint: string, { command }: Declared): string =>
  `${complaint}${complaint.endsWith("?") ? "" : ";"} tierbench ${command === "" ? "" : `${command} `}--help lists what there is`;

/** `analyze needs <platforms..>: labels in the results folder, or …`: the first clause of what help says of it. */
function needed(given: number, { command, usage, descriptions }: Declared): string {
  const positionals = [...usage.matchAll(/<([^>]+)>/g)].map(([, name]) => name as string);
  const name = positionals[given] ?? "more words";
  const meaning = firstClause(descriptions[name.replace(/\.\.$/, "")]);
  return `${command} needs <${name}>${meaning ? `: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}` : ""}`;
}

const isPositional = (name: string, { usage }: Declared): boolean => new RegExp(`[<[]${name}(\\.\\.)?[>\\]]`).test(usage);

const takes = (name: string, { choices, descriptions }: Declared): string =>
  choices[name] === undefined ? firstClause(descriptions[name]) : listed(choices[name].map(String));

/** Of what help says: the rest may speak of what stands there alone. */
const firstClause = (description = ""): string => description.split(";")[0] as string;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** @param given as the parser quotes it, several with commas between */
function notTaken(name: string, given: string, declared: Declared): string {
  const what = isPositional(name, declared) ? declared.command : `--${name}`;
  const words = (declared.choices[name] ?? []).map(String);
  const [, first = ""] = /^"([^"]*)"/.exec(given) ?? [];
  return `${what} takes ${listed(words)}, got ${given}${didYouMean(first, words)}`;
}

function notKnown(word: string, declared: Declared, typed: readonly string[]): string {
  const option = typed.find((each) => new RegExp(`^--?${escaped(word)}(=|$)`).test(each))?.split("=")[0];
  if (option !== undefined || typed.some((each) => /^-[^-]/.test(each) && each.includes(word))) {
    const options = Object.keys(declared.descriptions).filter((name) => !isPositional(name, declared));
    return `there is no option ${option ?? `-${word}`}${didYouMean(word, options, "--")}`;
  }
  if (declared.commands.length > 0)
    return `there is no command ${JSON.stringify(word)}${didYouMean(word, declared.commands, declared.command === "" ? "" : `${declared.command} `)}`;
  return `${declared.command} does not take ${JSON.stringify(word)}`;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

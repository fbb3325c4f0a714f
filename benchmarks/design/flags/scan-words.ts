/** Words as a person types them → the same with each flag of docker's as `--name=value`, and the command apart. */
import { MisuseError } from "../../../research/misuse.ts";
import { FLAGS } from "./catalogue.ts";
import type { Flag } from "./flag.ts";
import { REFUSED } from "./refused.ts";

export interface ScannedWords {
  /** Ours with their values, and docker's flags. */
  readonly options: readonly string[];
  readonly given: readonly string[];
  /** All of them as they stood, but for a `--`. */
  readonly inOrder: readonly string[];
}

/** Of the command whose words they are. */
export interface Grammar {
  readonly command: "trace" | "run" | "--variant";
  /** Our options that take a value from the word behind them. */
  readonly valued: readonly string[];
  /** Our options that stand alone. */
  readonly switches: readonly string[];
  /** Flags of docker's that this command does not take, beside those that none takes. */
  readonly refused: Readonly<Record<string, { readonly why: string }>>;
  /** With an image in front, all from the second other word on is the command: how many words are given before that. */
  readonly leading: number;
}

const BY_NAME = new Map(FLAGS.map((flag) => [flag.name, flag]));
const BY_LETTER = new Map(FLAGS.flatMap((flag) => (flag.short === undefined ? [] : [[flag.short, flag] as const])));

/** @throws MisuseError for a flag that is not supported, or lacks its value */
export function scanWords(words: readonly string[], grammar: Grammar): ScannedWords {
  const options: string[] = [];
  const given: string[] = [];
  const inOrder: string[] = [];
  const option = (...typed: string[]): void => {
    options.push(...typed);
    inOrder.push(...typed);
  };
  const other = (...typed: string[]): void => {
    given.push(...typed);
    inOrder.push(...typed);
  };
  let at = 0;
  const next = (flag: Flag): string => {
    at += 1;
    const value = words[at];
    if (value === undefined) throw new MisuseError(`--${flag.name} needs a value: ${flag.help}`);
    return value;
  };
  const take = (flag: Flag, value: string | undefined): void => {
    option(`--${flag.name}=${value ?? (flag.isSwitch ? "true" : next(flag))}`);
  };
  for (; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === "--" || (!isOption(word) && given.length >= grammar.leading)) {
      other(...words.slice(word === "--" ? at + 1 : at));
      break;
    }
    if (!isOption(word)) {
      other(word);
      continue;
    }
    const [name = "", value] = cut(word);
    if (grammar.valued.includes(name)) {
      option(word);
      if (value === undefined) {
        at += 1;
        const behind = words[at];
        // Sorted in front of the image it would take that for its value.
        if (behind === undefined && given.length > 0)
          throw new MisuseError(`${name} needs a value; tierbench ${grammar.command} --help lists what there is`);
        if (behind !== undefined) option(behind);
      }
      continue;
    }
    if (grammar.switches.includes(name)) {
      option(word);
      continue;
    }
    refuse(word, grammar);
    const flag = word.startsWith("--") ? BY_NAME.get(name.slice(2)) : undefined;
    if (flag !== undefined) take(flag, value);
    else if (!takeLetters(word, take, option)) option(word); // which the parser refuses
  }
  return { options, given, inOrder };
}

/** `-it`, `-m256m`, `-e=A=b`: switches, then at most one flag with a value. @returns false where a letter is unknown */
function takeLetters(
  word: string,
  take: (flag: Flag, value: string | undefined) => void,
  option: (typed: string) => void,
): boolean {
  if (word.startsWith("--")) return false;
  const taken: (readonly [Flag, string | undefined])[] = [];
  let help = false;
  for (let index = 1; index < word.length; index += 1) {
    const letter = word[index] as string;
    if (letter === "h") {
      help = true;
      continue;
    }
    const flag = BY_LETTER.get(letter);
    if (flag === undefined) return false;
    const rest = word.slice(index + 1);
    if (flag.isSwitch && !rest.startsWith("=")) {
      taken.push([flag, undefined]);
      continue;
    }
    taken.push([flag, rest === "" ? undefined : rest.replace(/^=/, "")]);
    break;
  }
  if (help) option("-h");
  for (const [flag, value] of taken) take(flag, value);
  return true;
}

function refuse(word: string, { command, refused }: Grammar): void {
  const [name = ""] = cut(word);
  const all = { ...REFUSED, ...refused };
  const byLetter = Object.entries(REFUSED).find(([, { short }]) => short !== undefined && word.startsWith(`-${short}`));
  const found = name.startsWith("--") ? all[name.slice(2)] : byLetter?.[1];
  if (found === undefined) return;
  throw new MisuseError(`${command} does not take docker's ${name.startsWith("--") ? name : `-${name[1]}`}: ${found.why}`);
}

const isOption = (word: string): boolean => /^-./.test(word);

/** At the first `=`. */
function cut(word: string): [string, string | undefined] {
  const end = word.indexOf("=");
  return end < 0 ? [word, undefined] : [word.slice(0, end), word.slice(end + 1)];
}

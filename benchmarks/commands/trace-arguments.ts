/** The words after `trace` as a person types them: they may contain a command with its own options. */
import { MisuseError } from "../../research/misuse.ts";
import { ENGINE, PROBE, SIDECAR } from "./engine-options.ts";

export const TRACE_OPTIONS = {
  from: { type: "string", requiresArg: true, describe: "Draw captured starts from a JSON file instead" },
  format: { choices: ["text", "json"], default: "text", describe: "Output format" },
  why: { type: "boolean", default: false, describe: "Tell what each phase waits for, and what helps" },
  engine: ENGINE,
  probe: PROBE,
  sidecar: SIDECAR,
} as const;

const SWITCHES: readonly string[] = ["--why", "--sidecar", "--no-sidecar", "--help", "--version"];
const VALUED: readonly string[] = Object.entries(TRACE_OPTIONS).flatMap(([name, option]) =>
  "type" in option && option.type !== "string" ? [] : [`--${name}`],
);

/**
 * The same words with our options first and `--` before the command, none of whose words is then taken for ours. Options that we
 * do not have belong to the command, once it has begun; without `--` ours are ours wherever they stand.
 * @throws MisuseError where it is ambiguous, with what to type
 */
export function traceArguments(words: readonly string[]): string[] {
  const own: string[] = [];
  const given: string[] = [];
  let [foreign, ambiguous] = [false, false];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === "--") {
      given.push(...words.slice(at + 1));
      ambiguous = false;
      break;
    }
    const [name = ""] = word.split("=", 1);
    const valued = VALUED.includes(name);
    // Once a command has begun it is the command's, as of `df -h`.
    const help = word === "-h" && given.length < 2;
    if (valued || help || SWITCHES.includes(word)) {
      own.push(word);
      if (valued && word === name) {
        at += 1;
        own.push(...words.slice(at, at + 1));
      }
      ambiguous ||= given.length > 1;
    } else if (isOption(word) && given.length < 2) {
      own.push(word); // which the parser refuses
    } else {
      given.push(word);
      foreign ||= isOption(word);
    }
  }
  const [image, ...command] = given;
  if (image === undefined) return own;
  if (foreign && ambiguous) {
    const typed = ["tierbench trace", ...own, image, "--", ...command].map((word, at) => (at === 0 ? word : quoted(word)));
    throw new MisuseError(
      `whose options are these? put tierbench's before the image, and -- before the command: ${typed.join(" ")}`,
    );
  }
  return [...own, image, "--", ...command];
}

const isOption = (word: string): boolean => /^-./.test(word);

/** For a POSIX shell. */
const quoted = (word: string): string => (/^[\w.:/@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

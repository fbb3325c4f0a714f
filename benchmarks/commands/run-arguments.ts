/** The words behind `run`: experiments, our options and docker's flags in any order, and behind `--` the command of the starts. */
import { scanWords } from "../design/flags/scan-words.ts";

const GRAMMAR = {
  command: "run",
  valued: [],
  switches: ["--help", "--version", "--flags"],
  refused: {},
  leading: Number.POSITIVE_INFINITY,
} as const;

/**
 * The same words with docker's flags as `--name=value`. What is neither a flag of docker's nor its value stays as it is.
 * @throws MisuseError for a flag that is not supported
 */
export function runArguments(words: readonly string[]): string[] {
  const end = words.indexOf("--");
  const [before, command] = end < 0 ? [words, []] : [words.slice(0, end), words.slice(end)];
  return [...scanWords(before, GRAMMAR).inOrder, ...command];
}

/** Lines that are sentences, for the stream that they go to. */
import { wrappedAtBlanks } from "./fit.ts";
import { type Surroundings, shown, type Terminal, terminalOf } from "./terminal.ts";

/** Of the second line on, below the first. */
const INDENT = 2;

/** Progress, a warning or an error: in a file or a log it is one line, to be searched for. */
export const folded = (text: string, surroundings: Surroundings): string =>
  surroundings.isTTY ? foldedFor(text, terminalOf(surroundings)) : text;

/** What was asked for, in a pipe, too: each line breaks between words, as deep as it began. */
export function foldedFor(text: string, terminal: Terminal): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const begin = /^ */.exec(line)?.[0] ?? "";
      const words = wrappedAtBlanks(shown(line.trimStart(), terminal), terminal.columns - begin.length - INDENT);
      return words.map((each, index) => `${begin}${index === 0 ? "" : " ".repeat(INDENT)}${each}`);
    })
    .join("\n");
}

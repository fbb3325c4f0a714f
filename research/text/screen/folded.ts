/** A line of progress, of a warning or of an error, for the stream that it goes to. */
import { wrappedAtBlanks } from "./fit.ts";
import { type Surroundings, shown, terminalOf } from "./terminal.ts";

/** Of the second line on, below the first. */
const INDENT = 2;

/** On a terminal it breaks between words, as deep as it began; in a file or a log it is one line, to be searched for. */
export function folded(text: string, surroundings: Surroundings): string {
  if (!surroundings.isTTY) return text;
  const terminal = terminalOf(surroundings);
  return text
    .split("\n")
    .flatMap((line) => {
      const begin = /^ */.exec(line)?.[0] ?? "";
      const words = wrappedAtBlanks(shown(line.trimStart(), terminal), terminal.columns - begin.length - INDENT);
      return words.map((each, index) => `${begin}${index === 0 ? "" : " ".repeat(INDENT)}${each}`);
    })
    .join("\n");
}

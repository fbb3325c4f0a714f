/** A line of flags → its words, as a shell would part them; nothing else that a shell does is done. */
import { MisuseError } from "../../../research/misuse.ts";

/** A quoted part, an escaped character, or what is neither. */
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)/gsy;

/** @throws MisuseError for a quote that does not end */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const [part, single, double, escaped, plain, space] of line.matchAll(PART)) {
    end += part.length;
    if (space === undefined) word = (word ?? "") + (single ?? double?.replace(/\\([$`"\\])/g, "$1") ?? escaped ?? plain ?? "");
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < line.length) throw new MisuseError(`a quote or a backslash does not end in ${JSON.stringify(line)}`);
  return word === undefined ? words : [...words, word];
}

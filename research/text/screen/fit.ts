/** Text into columns of a terminal, which wide characters take two of. */
import width from "string-width";

/** The whole of it, or its beginning and its end around `…`: what tells long names apart is often the end. */
export function shortened(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  if (columns <= 1) return "…".slice(0, columns);
  const ofHead = Math.ceil((columns - 1) / 2);
  return `${fromStart([...text], ofHead)}…${fromEnd([...text], columns - 1 - ofHead)}`;
}

/** As much of the beginning as there is room for, `…` included. */
export const cut = (text: string, columns: number): string =>
  width(text) <= columns ? text : `${fromStart([...text], columns - 1).trimEnd()}…`;

/** A number and its unit, between which no line ends. */
const NUMBER_OF_UNIT = /(\d) (?=(?:ms|s|µs|%|MB|MiB|MB\/s|CPUs)(?![\w/]))/g;
/** No text has it: it would have been made visible. */
const TOGETHER = "\u0001";

/** At blanks, but not between a number and its unit, and within a word that is longer than a line. */
export const wrapped = (text: string, columns: number): string[] =>
  inLines(
    text
      .replace(NUMBER_OF_UNIT, `$1${TOGETHER}`)
      .split(" ")
      .map((each) => each.replaceAll(TOGETHER, " "))
      .flatMap((each) => pieces(each, columns)),
    columns,
  );

/** At blanks alone: a path that is longer than a line stays one that can be copied. */
export const wrappedAtBlanks = (text: string, columns: number): string[] => inLines(text.split(" "), columns);

function inLines(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A paragraph: later lines begin below the text of the first. @param most lines; what does not fit ends in `…` */
export function hanging(first: string, text: string, columns: number, most = Number.POSITIVE_INFINITY): string[] {
  const indent = " ".repeat(width(first));
  const room = Math.max(1, columns - width(first));
  const lines = wrapped(text, room);
  const kept = lines.length <= most ? lines : [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(" "), room)];
  return kept.map((line, index) => `${index === 0 ? first : indent}${line}`.trimEnd());
}

const pieces = (word: string, columns: number): string[] => {
  if (width(word) <= columns) return [word];
  const head = fromStart([...word], columns);
  return head === "" ? [word] : [head, ...pieces(word.slice(head.length), columns)];
};

function fromStart(characters: readonly string[], columns: number): string {
  let text = "";
  for (const character of characters) {
    if (width(text + character) > columns) break;
    text += character;
  }
  return text;
}

function fromEnd(characters: readonly string[], columns: number): string {
  let text = "";
  for (const character of characters.toReversed()) {
    if (width(character + text) > columns) break;
    text = character + text;
  }
  return text;
}

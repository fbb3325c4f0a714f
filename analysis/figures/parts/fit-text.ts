/** Whether text fits, for figures that are laid out before any font is at hand. */
import { FONT_PX } from "./theme.ts";

/** In em; no letter of its kind is wider in DejaVu Sans Condensed, nor, by much, in Arial. */
const WIDTHS: readonly (readonly [kind: RegExp, em: number])[] = [
  // They combine with the character before them.
  [/[\p{M}\p{Default_Ignorable_Code_Point}]/u, 0],
  [/\p{Emoji_Presentation}/u, 1.4],
  // Square as a rule, in whatever font has them; so are the widest letters of most others.
  [/[\u0370-\u1fff\u2300-\u259f\u2600-\u{10ffff}]/u, 1.05],
  [/[fijlrt\s.,:;'()-]/, 0.38],
  [/[mwMW%=…]/, 0.9],
  [/[A-Z_]/, 0.72],
];
const ANY_OTHER = 0.58;
/** Bold is wider by a tenth. */
export const BOLD = 1.1;

/** Of each character, as it was found. */
const known = new Map<string, number>();

function widthOf(character: string): number {
  const em = known.get(character) ?? WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? ANY_OTHER;
  known.set(character, em);
  return em;
}

/** How wide text is at most, in px. */
export function textWidthPx(text: string, weight: number = 1): number {
  let em = 0;
  for (const character of text) em += widthOf(character);
  return em * weight * FONT_PX.text;
}

/** Breaks text between words into lines of at most that width; a longer word is broken, too: it may be a name. */
export function wrapText(text: string, widthPx: number, weight: number = 1): string[] {
  const fits = (line: string): boolean => textWidthPx(line, weight) <= widthPx;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...(fits(word) ? [word] : broken(word, fits)));
  }
  return lines;
}

/** At least a character a line. */
function broken(word: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const character of graphemes(word)) {
    const last = lines.at(-1);
    if (last !== undefined && fits(last + character)) lines[lines.length - 1] = last + character;
    else lines.push(character);
  }
  return lines;
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A name with a left-to-right mark behind it where it takes one: what follows would be drawn before it otherwise. */
export const nameBefore = (name: string): string => (RIGHT_TO_LEFT.test(name) ? `${name}\u200e` : name);

/** Latin letters, signs and arrows, of which none combines with the one before it. */
const SINGLE = /^[ -~\u00a0-\u02ff\u2010-\u2027\u2190-\u22ff]*$/;
/** Takes longer to make than a figure to lay out, and names need it seldom. */
let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character, accents and joined emoji included. */
export function graphemes(text: string): string[] {
  if (SINGLE.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter("en");
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** The text, or its beginning and end with an ellipsis between: names of images differ at their ends. */
export function shortenText(text: string, widthPx: number, weight: number = 1): string {
  if (textWidthPx(text, weight) <= widthPx) return text;
  const characters = graphemes(text);
  for (let kept = characters.length - 1; kept > 0; kept -= 1) {
    const tail = Math.floor(kept / 2);
    const short = `${characters.slice(0, kept - tail).join("")}…${characters.slice(characters.length - tail).join("")}`;
    if (textWidthPx(short, weight) <= widthPx) return short;
  }
  return "…";
}

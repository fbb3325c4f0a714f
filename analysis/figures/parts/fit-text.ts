/** Whether text fits, for figures that are laid out before any font is at hand. */
import { FONT_PX } from "./theme.ts";

/** In em; no letter of its kind is wider in DejaVu Sans Condensed, nor, by much, in Arial. */
const WIDTHS: readonly (readonly [kind: RegExp, em: number])[] = [
  [/[fijlrt\s.,:;'()-]/, 0.38],
  [/[mwMW%=…]/, 0.9],
  [/[A-Z_]/, 0.72],
];
const ANY_OTHER = 0.58;
/** Bold is wider by a tenth. */
export const BOLD = 1.1;

/** How wide text is at most, in px. */
export function textWidthPx(text: string, weight: number = 1): number {
  let em = 0;
  for (const character of text) em += WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? ANY_OTHER;
  return em * weight * FONT_PX.text;
}

/** Breaks text between words into lines of at most that width; a longer word is shortened. */
export function wrapText(text: string, widthPx: number, weight: number = 1): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidthPx(`${last} ${word}`, weight) <= widthPx) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(shortenText(word, widthPx, weight));
  }
  return lines;
}

/** The text, or its beginning and end with an ellipsis between: names of images differ at their ends. */
export function shortenText(text: string, widthPx: number, weight: number = 1): string {
  if (textWidthPx(text, weight) <= widthPx) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 0; kept -= 1) {
    const tail = Math.floor(kept / 2);
    const short = `${characters.slice(0, kept - tail).join("")}…${characters.slice(characters.length - tail).join("")}`;
    if (textWidthPx(short, weight) <= widthPx) return short;
  }
  return "…";
}

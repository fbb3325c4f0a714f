/** Sections one below the other. */
import width from "string-width";
import { visible } from "../visible.ts";
import { cut, wrapped } from "./fit.ts";
import { shown, type Terminal } from "./terminal.ts";

/** Lines that stand together; those of an empty one are left out, and so is the line between. */
export type Section = readonly string[];

/** @returns the lines with their ends; what is too wide is cut, so that no line becomes two */
export function renderScreen(sections: readonly Section[], terminal: Terminal): string {
  const filled = sections.filter((section) => section.length > 0);
  const lines = filled.flatMap((section, index) => (index === 0 ? section : ["", ...section]));
  const fitting = lines.map((line) => cut(line, terminal.columns));
  return fitting.map((line) => `${safe(line, terminal)}\n`).join("");
}

/** Colours are ours; any other control character is a stranger's. */
const COLOUR = new RegExp(`(${String.fromCharCode(27)}\\[\\d{1,2}m)`);
const safe = (line: string, terminal: Terminal): string =>
  line
    .split(COLOUR)
    .map((part) => (COLOUR.test(part) ? part : shown(visible(part), terminal)))
    .join("");

/** How many lines the sections take, those between them included. */
export const linesOf = (sections: readonly Section[]): number =>
  sections.filter(({ length }) => length > 0).reduce((sum, { length }) => sum + length + 1, -1);

/** The first of them, and a last line that counts the others where there are more than there is room for. */
export function atMost(lines: readonly string[], most: number, more: (left: number) => string): string[] {
  if (lines.length <= most) return [...lines];
  const kept = Math.max(0, most - 1);
  return [...lines.slice(0, kept), more(lines.length - kept)];
}

/** Strangers' text, in one line. */
export const plain = (text: string): string => visible(text.replace(/\s+/g, " "));

/** As many of the parts, from the first on, as fit into so many lines, and how many are left: `a · b (+3)`. */
export function asManyAsFit(parts: readonly string[], columns: number, lines = 1): string {
  for (let kept = parts.length; kept > 1; kept -= 1) {
    const text = withLeft(parts, kept);
    if (wrapped(text, columns).length <= lines) return text;
  }
  return withLeft(parts, 1);
}

const withLeft = (parts: readonly string[], kept: number): string =>
  `${parts.slice(0, kept).join(" · ")}${kept < parts.length ? ` (+${parts.length - kept})` : ""}`;

/** As many of the parts, from the first on, as fit into one line. */
export function joined(first: string, parts: readonly string[], columns: number, between = " · "): string {
  let line = first;
  for (const [index, part] of parts.entries()) {
    const longer = `${line}${index === 0 ? "" : between}${part}`;
    if (width(longer) > columns) break;
    line = longer;
  }
  return line;
}

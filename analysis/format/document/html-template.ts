/** Markup in which everything that is put in is escaped, unless it is markup made in the same way. */
import { visible } from "../../../research/text/visible.ts";

export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | number | Html | readonly Part[];

/** html`<p title="${label}">${label}</p>`: attributes must be quoted; never put anything into a script or style by this. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((string, index) => string + markupOf(parts[index] ?? "")).join(""));

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  return typeof part === "object" ? part.map(markupOf).join("") : escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text: string): string =>
  text
    .split("\n")
    .map((line) => visible(line).replace(/[&<>"']/g, (character) => ENTITIES[character] as string))
    .join("\n");

/** JSON to stand inside a script element: nothing in it ends the element, begins a comment or ends a line of JavaScript. */
export const inlineJson = (value: unknown): Html =>
  new Html(
    JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );

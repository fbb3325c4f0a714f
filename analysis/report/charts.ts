/** The figures of the page: a picture with its caption in words. Pictures are drawn after all of them are known. */
import type { Drawing, Page } from "../figures/parts/figure.ts";
import { Html, html } from "../format/document/html-template.ts";
import { inlineSvg } from "./inline-svg.ts";

export type Draw = (page: Page) => Promise<string>;

export class Charts {
  readonly #waiting: { readonly page: Page; readonly label: string }[] = [];

  /**
   * The pictures, above them what is what in them, and below them the caption; that of the page's first picture is folded, as
   * what to beware of stands beside it.
   * @param level of the heading; none where the title stands on what is folded
   */
  figure(
    { title, caption, columns, legend }: Pick<Drawing, "title" | "caption" | "columns" | "legend">,
    level: 2 | 3 | null = null,
  ): Html {
    const pictures = columns().flat();
    const symbols = legend();
    const key = keyOf(pictures[0]);
    return html`<figure>${level === 2 ? html`<h2>${title}</h2>` : level === 3 ? html`<h3>${title}</h3>` : []}${key === "" ? [] : html`<p class="key">${key}</p>`}
${symbols === null ? [] : html`<div class="pictures">${this.#place(symbols, `Legend: ${title}`)}</div>`}<div class="pictures">${pictures.map((picture) => this.#place(picture, title))}</div>
<figcaption>${level === 2 ? html`<details><summary>What is drawn, n, and reasons of the marks</summary>${caption}</details>` : caption}</figcaption></figure>
`;
  }

  #place(page: Page, label: string): Html {
    const { title: _, ...picture } = page.spec;
    const place = this.#waiting.push({ page: { ...page, spec: picture as Page["spec"] }, label }) - 1;
    return new Html(placeholder(place));
  }

  /** The page with its pictures in their places. */
  async drawnInto(markup: string, draw: Draw): Promise<string> {
    const parts = [];
    let rest = markup;
    for (const [index, { page, label }] of this.#waiting.entries()) {
      const [before, ...after] = rest.split(placeholder(index));
      parts.push(before, inlineSvg(await draw(page), page, `p${index}`, label).markup);
      rest = after.join(placeholder(index));
    }
    return [...parts, rest].join("");
  }
}

/** No text of anybody's gets it: what is put into markup has no control characters. */
const placeholder = (index: number): string => `\u0001picture ${index}\u0001`;

/** What is said on the picture below its title. */
const keyOf = (page: Page | undefined): string => {
  const { title } = page?.spec ?? {};
  const subtitle = typeof title === "object" && title !== null && "subtitle" in title ? title.subtitle : undefined;
  return Array.isArray(subtitle) ? inOneLine(subtitle) : "";
};

/** Lines that were wrapped go on; where marks begin, something else does. */
export const inOneLine = (lines: readonly string[]): string =>
  lines.reduce((text, line) => `${text}${/^[†!] /.test(line) && !/[.·]$/.test(text) ? " ·" : ""} ${line}`);

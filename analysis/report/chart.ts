/** A figure of the report: its words as HTML, its picture as a specification that the page draws, its numbers as tables. */
import type { Drawing } from "../figures/parts/figure.ts";
import type { TopLevelSpec } from "../figures/parts/spec.ts";
import { renderHtml } from "../format/document/html.ts";
import { type Html, html } from "../format/document/html-template.ts";

/** Vega-Lite → Vega. */
export type Compile = (spec: TopLevelSpec) => object;

/** Collects the specifications to be drawn; each picture's place in the page has its number. */
export class Charts {
  readonly specs: object[] = [];
  readonly #compile: Compile;
  constructor(compile: Compile) {
    this.#compile = compile;
  }

  /** The place of a picture, which the keyboard reaches. @param alternative what is to be known without seeing it */
  place(spec: TopLevelSpec, alternative: string, kind = ""): Html {
    const id = this.specs.push(this.#compile(spec)) - 1;
    return html`<div class="picture ${kind}" role="img" tabindex="0" data-chart="${id}" aria-label="${alternative}"></div>`;
  }

  /** Title and notes leave the picture and stand above it, where they wrap and can be read out; what is left out, below. */
  figure({ title, notes, spec, tables, leftOut }: Drawing, level: 3 | 4): Html {
    const { title: _, ...picture } = spec;
    const heading = level === 3 ? html`<h3>${title}</h3>` : html`<h4>${title}</h4>`;
    return html`<figure>
<figcaption>${heading}<p class="notes">${notes}</p></figcaption>
${this.place(withTooltips(picture as TopLevelSpec), `${title}. Its numbers are in the table that follows.`)}
<details><summary>The numbers of this figure</summary>${renderHtml(tables)}</details>
${
  leftOut.length === 0
    ? []
    : html`<details><summary>Not drawn here, and why (${leftOut.length})</summary><ul>${leftOut.map((reason) => html`<li>${reason}</li>`)}</ul></details>
`
}</figure>
`;
  }
}

const withTooltips = ({ config, ...rest }: TopLevelSpec): TopLevelSpec =>
  ({ ...rest, config: { ...config, mark: { ...config?.mark, tooltip: { content: "data" } } } }) as TopLevelSpec;

/** Blocks of a report as parts of an HTML page. */
import type { Block, Inline } from "./document.ts";
import { type Html, html } from "./html-template.ts";

/** The level of headings within the page: 3 is an h3. */
export const renderHtml = (blocks: readonly Block[], level: 3 | 4 = 3): Html =>
  html`${blocks.map((block) => blockOf(block, level))}`;

function blockOf(block: Block, level: 3 | 4): Html {
  switch (block.kind) {
    case "heading":
      return level === 3 ? html`<h3>${block.text}</h3>` : html`<h4>${block.text}</h4>`;
    case "paragraph":
      return html`<p>${inlineHtml(block.text)}</p>`;
    case "list":
      return html`<ul>${block.items.map((item) => html`<li>${inlineHtml(item)}</li>`)}</ul>`;
    case "table":
      return tableOf(block, true);
    default:
      throw block satisfies never;
  }
}

export const inlineHtml = (text: Inline): Html =>
  html`${text.map((part) => (typeof part === "string" ? html`${part}` : html`<code>${part.code}</code>`))}`;

/** The same, but each table is folded under its caption. */
export const foldedTables = (blocks: readonly Block[]): Html =>
  html`${blocks.map((block) =>
    block.kind === "table"
      ? html`<details class="table"><summary>${block.caption} <small>(${block.rows.length})</small></summary>${tableOf(block, false)}</details>
`
      : blockOf(block, 3),
  )}`;

/** What is wider than the page is scrolled in its own box, which the keyboard reaches as well. */
function tableOf({ caption, columns, rows }: Extract<Block, { kind: "table" }>, captioned: boolean): Html {
  // A page may have a hundred thousand cells: none has a class, or an end tag where HTML needs none.
  const texts = columns.flatMap(({ align }, index) => (align === "left" ? [` l${index + 1}`] : [])).join("");
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${`Table: ${caption}`}"><table class="compact${texts}">
${captioned ? html`<caption>${caption}</caption>` : []}
<thead><tr>${columns.map(({ title }) => html`<th>${title}`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((text) => html`<td>${text}`)}`)}</tbody>
</table></div>
`;
}

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
      return table(block);
    default:
      throw block satisfies never;
  }
}

export const inlineHtml = (text: Inline): Html =>
  html`${text.map((part) => (typeof part === "string" ? html`${part}` : html`<code>${part.code}</code>`))}`;

/** What is wider than the page is scrolled in its own box, which the keyboard reaches as well. */
function table({ caption, columns, rows }: Extract<Block, { kind: "table" }>): Html {
  const align = (index: number): string => columns[index]?.align ?? "left";
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${`Table: ${caption}`}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(({ title }, index) => html`<th scope="col" class="${align(index)}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, index) => html`<td class="${align(index)}">${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>
`;
}

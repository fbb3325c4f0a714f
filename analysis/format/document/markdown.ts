/** A report as GitHub-flavoured Markdown. */
import { markdownTable } from "markdown-table";
import width from "string-width";
import { visible } from "../../../research/text/visible.ts";
import type { Block, Inline } from "./document.ts";

export const renderMarkdown = (blocks: readonly Block[]): string => `${blocks.map(renderBlock).join("\n\n")}\n`;

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `## ${escaped(block.text)}`;
    case "paragraph":
      return inline(block.text);
    case "list":
      return block.items.map((item) => `- ${inline(item)}`).join("\n");
    case "table": {
      const cells = [block.columns.map((column) => column.title), ...block.rows].map((row) => row.map(escaped));
      return `**${escaped(block.caption)}**\n\n${markdownTable(cells, { align: block.columns.map((column) => column.align), stringLength: width })}`;
    }
    default:
      throw block satisfies never;
  }
}

const inline = (text: Inline): string =>
  text.map((part) => (typeof part === "string" ? escaped(part) : codeSpan(part.code))).join("");

/** Nothing can be escaped inside a code span, so a name that would end it is not set as one. */
const codeSpan = (name: string): string => (/[`|]/.test(name) ? escaped(name) : `\`${visible(name)}\``);

/** What would be markup is escaped by a backslash (CommonMark 2.4), HTML included. */
const escaped = (text: string): string => visible(text).replace(/[\\`*_{}[\]<>#!|~&$]/g, "\\$&");

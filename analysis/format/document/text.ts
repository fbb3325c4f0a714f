/** A report for the terminal: what is said wraps at blanks, and a table that is too wide is divided. */
import width from "string-width";
import { hanging } from "../../../research/text/screen/fit.ts";
import { shown, type Window } from "../../../research/text/screen/terminal.ts";
import { visible } from "../../../research/text/visible.ts";
import { dividedTable } from "./divided-table.ts";
import type { Block, Inline } from "./document.ts";

export type Page = Pick<Window, "columns" | "window" | "unicode">;

/** Nothing is wrapped or divided. */
const ENDLESS: Page = { columns: Number.POSITIVE_INFINITY, window: Number.POSITIVE_INFINITY, unicode: true };

export const renderText = (blocks: readonly Block[], page: Page = ENDLESS): string =>
  `${blocks.map((block) => linesOf(block, page).join("\n")).join("\n\n")}\n`;

function linesOf(block: Block, page: Page): string[] {
  const { columns, window } = page;
  const safe = (text: string): string => shown(visible(text), page);
  const inline = (text: Inline): string =>
    text.map((part) => safe(typeof part === "string" ? part : `\`${part.code}\``)).join("");
  switch (block.kind) {
    case "heading": {
      const text = safe(block.text);
      return [...hanging("", text, columns), "=".repeat(Math.min(width(text), columns))];
    }
    case "paragraph":
      return hanging("", inline(block.text), columns);
    case "list":
      return block.items.flatMap((item) => hanging("- ", inline(item), columns));
    case "table": {
      const titles = block.columns.map((column) => ({ ...column, title: safe(column.title) }));
      const rows = block.rows.map((row) => row.map(safe));
      return [...hanging("", safe(block.caption), columns), ...dividedTable(titles, rows, block.names ?? 1, window)];
    }
    default:
      throw block satisfies never;
  }
}

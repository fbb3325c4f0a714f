/** A report for the terminal: columns aligned with blanks. */
import width from "string-width";
import { visible } from "../../../research/text/visible.ts";
import type { Block, Column, Inline } from "./document.ts";

export const renderText = (blocks: readonly Block[]): string => `${blocks.map(renderBlock).join("\n\n")}\n`;

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading": {
      const text = visible(block.text);
      return `${text}\n${"=".repeat(width(text))}`;
    }
    case "paragraph":
      return inline(block.text);
    case "list":
      return block.items.map((item) => `- ${inline(item)}`).join("\n");
    case "table":
      return `${visible(block.caption)}\n${table(block.columns, block.rows)}`;
    default:
      throw block satisfies never;
  }
}

const inline = (text: Inline): string =>
  text.map((part) => visible(typeof part === "string" ? part : `\`${part.code}\``)).join("");

function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map((column) => column.title), ...rows].map((row) => row.map(visible));
  const places = Array.from({ length: Math.max(...cells.map((row) => row.length)) });
  const widths = places.map((_, index) => cells.reduce((widest, row) => Math.max(widest, width(row[index] ?? "")), 0));
  const lines = cells.map((row) =>
    row
      .map((cell, index) => {
        const blanks = " ".repeat((widths[index] ?? 0) - width(cell));
        return columns[index]?.align === "right" ? blanks + cell : cell + blanks;
      })
      .join("  ")
      .trimEnd(),
  );
  const [header = "", ...body] = lines.map((line) => `  ${line}`);
  const rule = `  ${"-".repeat(widths.reduce((sum, columnWidth) => sum + columnWidth + 2, widths.length === 0 ? 0 : -2))}`;
  return [header, rule, ...body].join("\n");
}

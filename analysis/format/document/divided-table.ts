/**
 * A table of which nothing is left out. Where a terminal is too narrow for it, its columns go on below, beside the same names:
 * first goes out of the table what all rows share, then words wrap, then the table is divided.
 */
import width from "string-width";
import { hanging, wrapped } from "../../../research/text/screen/fit.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import type { Column } from "./document.ts";

const INDENT = 2;
const GAP = 2;
/** A name is not shortened to fewer columns, nor running text wrapped to fewer. */
const NAME = 8;
/** But where a single number, such as an interval below 0, leaves less. */
const FEWEST_OF_NAME = 4;
const TEXT = 28;
/** Of the terminal: names that take more are shortened, as the numbers are what is read. */
const NAMES_SHARE = 0.6;

interface Part {
  readonly column: Column;
  readonly cells: readonly string[];
  /** Of the widest cell, the title included. */
  readonly natural: number;
  readonly isName: boolean;
}

/** @param names how many of the first columns say what a row is about @returns lines no wider than the terminal */
export function dividedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  names: number,
  terminalColumns: number,
): string[] {
  const parts = columns.map((column, index): Part => {
    const cells = rows.map((row) => row[index] ?? "");
    return { column, cells, natural: Math.max(...[column.title, ...cells].map((cell) => width(cell))), isName: index < names };
  });
  const room = terminalColumns - INDENT;
  if (widthOf(parts) <= room) return table(parts, terminalColumns);
  const shared = parts.filter((part, index) => index > 0 && part.isName && isShared(part));
  const left = parts.filter((part) => !shared.includes(part));
  const told = shared.map(({ column, cells }) => `${column.title} ${cells[0]}`);
  return [
    ...(told.length === 0 ? [] : hanging("  ", `In every row: ${told.join(", ")}.`, terminalColumns)),
    ...divided(left, room).flatMap((block, index) => [...(index === 0 ? [] : [""]), ...table(block, terminalColumns)]),
  ];
}

const isShared = ({ cells }: Part): boolean => cells[0] !== undefined && cells[0] !== "" && new Set(cells).size === 1;

const sum = (widths: readonly number[]): number => widths.reduce((total, each) => total + each + GAP, -GAP);
const widthOf = (parts: readonly Part[]): number => sum(parts.map(({ natural }) => natural));

/** Columns that fit beside the names, from the left on; what tells of a column stays beside it. */
function divided(parts: readonly Part[], room: number): Part[][] {
  const names = parts.filter(({ isName }) => isName);
  const leastNames = sum(names.map(({ natural }) => Math.min(natural, NAME)));
  const mostRest = room - GAP - leastNames;
  const leastWidth = (group: readonly Part[]): number => sum(group.map((part) => leastOf(part, mostRest)));
  const together = groups(parts.filter(({ isName }) => !isName));
  const rest = together.flatMap((group) => (leastWidth(group) <= mostRest ? [group] : group.map((part) => [part])));
  const widest = Math.max(...rest.map(leastWidth));
  const wanted = Math.min(Math.floor(NAMES_SHARE * room), room - GAP - widest);
  const forRest = room - GAP - Math.min(widthOf(names), Math.max(leastNames, wanted));
  const blocks = balanced(rest, leastWidth, forRest).map((each) => each.flat());
  return (blocks.length === 0 ? [[]] : blocks).map((block) => withWrappedText(names, block, forRest));
}

/** As few blocks as there is room for, and those about as wide: no column stands alone because one more did not fit. */
function balanced<T>(groups: readonly T[], widthOfGroup: (group: T) => number, room: number): T[][] {
  let best = filled(groups, widthOfGroup, room);
  for (let narrower = room - 1; narrower > 0; narrower -= 1) {
    const next = filled(groups, widthOfGroup, narrower);
    if (next.length > best.length) break;
    best = next;
  }
  return best;
}

function filled<T>(groups: readonly T[], widthOfGroup: (group: T) => number, room: number): T[][] {
  const blocks: T[][] = [];
  let free = 0;
  for (const group of groups) {
    const needed = widthOfGroup(group) + GAP;
    if (blocks.length === 0 || needed > free) {
      blocks.push([]);
      free = room + GAP;
    }
    blocks.at(-1)?.push(group);
    free -= needed;
  }
  return blocks;
}

function groups(parts: readonly Part[]): Part[][] {
  const all: Part[][] = [];
  for (const part of parts) {
    if (part.column.besides === true && all.length > 0) all.at(-1)?.push(part);
    else all.push([part]);
  }
  return all;
}

/** A number is never broken, nor is a word that there is room for: it may be a checksum, a path or a command. */
function leastOf({ column, cells, natural }: Part, room: number): number {
  if (column.align === "right") return natural;
  const words = cells.flatMap((cell) => cell.split(" ")).map((word) => Math.min(width(word), room));
  return Math.min(natural, Math.max(TEXT, width(column.title), ...words));
}

/** Text takes the columns that numbers leave, the first of it first; a row takes as many lines as its longest cell. */
function withWrappedText(names: readonly Part[], block: readonly Part[], room: number): Part[] {
  const least = block.map((part) => leastOf(part, room));
  let spare = room - sum(least);
  const wrappedCells = block.map(({ cells, natural }, index) => {
    const more = Math.max(0, Math.min(spare, natural - (least[index] as number)));
    spare -= more;
    return cells.map((cell) => wrapped(cell, (least[index] as number) + more));
  });
  const lines = [...names.map(({ cells }) => cells.map((cell) => [cell])), ...wrappedCells];
  const rows = names[0]?.cells.length ?? 0;
  const heights = Array.from({ length: rows }, (_, row) => Math.max(...lines.map((ofPart) => ofPart[row]?.length ?? 0)));
  return [...names, ...block].map((part, index) => ({
    ...part,
    cells: heights.flatMap((height, row) => Array.from({ length: height }, (_, line) => lines[index]?.[row]?.[line] ?? "")),
  }));
}

function table(parts: readonly Part[], terminalColumns: number): string[] {
  const rows = (parts[0]?.cells ?? []).map((_, row) => parts.map(({ cells }) => cells[row] ?? ""));
  const screenColumns = parts.map(({ column: { title, align }, isName }) => ({
    title,
    align,
    ...(isName ? { least: FEWEST_OF_NAME } : {}),
  }));
  const [header = "", ...body] = fitted(screenColumns, rows, terminalColumns, INDENT);
  const rule = "-".repeat(Math.max(0, ...[header, ...body].map((line) => width(line) - INDENT)));
  return [header, `  ${rule}`, ...body];
}

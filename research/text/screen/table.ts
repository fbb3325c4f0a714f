/** A table that fits its terminal: names shorten in the middle, then columns drop in the order that they declare. */
import width from "string-width";
import { cut, shortened } from "./fit.ts";

/** Drawn into as many columns as are left for it. */
type Drawn = (columns: number) => string;
export type Cell = string | Drawn;

export interface ScreenColumn {
  readonly title: Cell;
  readonly align: "left" | "right";
  /** Dropped where the table is too wide, 1 first, those of one number together; kept without it. */
  readonly drop?: number;
  /** A name: may be shortened in the middle, down to so many columns. */
  readonly least?: number;
  /** Of a picture or a clause: takes what is left, at least and at most so many columns. */
  readonly fills?: readonly [least: number, most: number];
}

const GAP = 2;

/** @returns the header and a line a row, none wider than the terminal, each behind the indent */
export function fitted(
  columns: readonly ScreenColumn[],
  rows: readonly (readonly Cell[])[],
  terminalColumns: number,
  indent = 2,
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const natural = columns.map((_, index) => Math.max(...all.map((row) => widthOf(row[index]))));
  const kept = keptColumns(columns, natural, terminalColumns - indent);
  const widths = widthsOf(kept, columns, natural, terminalColumns - indent);
  return all.map((row) => {
    const cells = kept.map((index, place) => {
      const { align, least, fills } = columns[index] as ScreenColumn;
      const [cell, room] = [row[index] ?? "", widths[place] as number];
      const text =
        typeof cell === "string"
          ? least === undefined && fills !== undefined
            ? cut(cell, room)
            : shortened(cell, room)
          : cell(room);
      const blanks = " ".repeat(Math.max(0, room - width(text)));
      return align === "right" ? blanks + text : text + blanks;
    });
    return (" ".repeat(indent) + cells.join(" ".repeat(GAP))).trimEnd();
  });
}

const widthOf = (cell: Cell | undefined): number => (typeof cell === "string" ? width(cell) : 0);

const leastOf = ({ least, fills }: ScreenColumn, natural: number): number =>
  fills === undefined ? Math.min(natural, least ?? natural) : Math.max(fills[0], 0);

/** The places of those that there is room for when every name is as short as it may be. */
function keptColumns(columns: readonly ScreenColumn[], natural: readonly number[], room: number): number[] {
  let kept = columns
    .map((_, index) => index)
    .filter((index) => (natural[index] as number) > 0 || columns[index]?.fills !== undefined);
  const needed = (): number =>
    kept.reduce((sum, index) => sum + GAP + leastOf(columns[index] as ScreenColumn, natural[index] as number), -GAP);
  const whole = kept;
  const order = [...new Set(kept.flatMap((index) => columns[index]?.drop ?? []))].sort((a, b) => a - b);
  const dropped = new Set<number>();
  const keep = (): void => {
    kept = whole.filter((index) => !dropped.has(columns[index]?.drop ?? 0));
  };
  for (const next of order) {
    if (needed() <= room) break;
    dropped.add(next);
    keep();
  }
  // A wide one that went may leave room for a narrow one that went before it.
  for (const back of [...dropped].reverse()) {
    dropped.delete(back);
    keep();
    if (needed() > room) dropped.add(back);
    keep();
  }
  return kept;
}

function widthsOf(kept: readonly number[], columns: readonly ScreenColumn[], natural: readonly number[], room: number): number[] {
  const widths = kept.map((index) => {
    const { fills } = columns[index] as ScreenColumn;
    return fills === undefined ? (natural[index] as number) : fills[0];
  });
  const spare = (): number => room - widths.reduce((sum, each) => sum + each + GAP, -GAP);
  // The longest names give first.
  while (spare() < 0) {
    const longest = kept.reduce<number>((best, index, place) => {
      const { least } = columns[index] as ScreenColumn;
      const canGive = least !== undefined && (widths[place] as number) > least;
      return canGive && (best < 0 || (widths[place] as number) > (widths[best] as number)) ? place : best;
    }, -1);
    if (longest < 0) break;
    widths[longest] = (widths[longest] as number) - 1;
  }
  for (const [place, index] of kept.entries()) {
    const { fills } = columns[index] as ScreenColumn;
    if (fills !== undefined)
      widths[place] = Math.max(1, Math.min(fills[1], (widths[place] as number) + Math.max(0, spare()), room));
  }
  return widths;
}

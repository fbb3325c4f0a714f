/** The header of a CSV file: which cell of its rows is which column, by name. */
import type { Column } from "./cells.ts";
import type { Author, CsvRecord } from "./records.ts";
import { TableError } from "./table-error.ts";

/**
 * @returns for each declared column the place of its cell in a row; -1 for a column that came after the file was written
 * @throws TableError for a column that is unknown, missing or duplicated
 */
export function columnPlaces(
  { cells, line }: CsvRecord,
  columns: Readonly<Record<string, Column<never>>>,
  author: Author,
  file: string,
): number[] {
  const names = Object.keys(columns);
  const wrong = notOurKindOfFile(cells) ?? namesAmiss(cells, columns);
  if (wrong === undefined) return names.map((name) => cells.indexOf(name));
  const advice =
    author === "others"
      ? `expected the header ${names.join(",")}, in any order`
      : "read the file as it was written, with the version of tierbench that platform.json names";
  throw new TableError(`${file}:${line}: ${wrong}; ${advice}`, { line });
}

function namesAmiss(cells: readonly string[], columns: Readonly<Record<string, Column<never>>>): string | undefined {
  const amiss = [
    ...cells.flatMap((name, index) => {
      if (name === "") return [`column ${index + 1} has no name`];
      if (cells.indexOf(name) < index) return [`the column ${name} appears twice`];
      return Object.hasOwn(columns, name) ? [] : [`unknown column ${quoted(name)}`];
    }),
    ...Object.entries(columns).flatMap(([name, { since }]) =>
      since !== undefined || cells.includes(name) ? [] : [`the column ${name} is missing`],
    ),
  ];
  return amiss.length === 0 ? undefined : amiss.slice(0, MOST_SAID).join(", ");
}

/** In a file of another table nothing matches; more names than this do not help. */
const MOST_SAID = 3;

/** What spreadsheets and editors write under the name of CSV. */
function notOurKindOfFile(cells: readonly string[]): string | undefined {
  const header = cells.join(",");
  if (header.includes("\0")) return "the text has NUL characters, as UTF-16 without a byte order mark does: save it as UTF-8";
  if (/^sep=/i.test(header)) return "the first line is a spreadsheet's `sep=`: remove that line";
  if (cells.length > 1) return undefined;
  if (header.includes(";")) return "cells are separated by semicolons: save it with commas, and with a point in decimal numbers";
  return header.includes("\t") ? "cells are separated by tabs: save it with commas" : undefined;
}

/** A cell as it may be shown: control characters escaped, long text cut. */
export const quoted = (cell: string): string => JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);

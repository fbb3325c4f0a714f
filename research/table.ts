/**
 * One declaration of a table gives its row type, its writer, its strict reader and its description. A table is written
 * row by row, appended, never rewritten; it is read whole, and the first cell that is not what was declared is an
 * error that names file, line and column.
 */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { type Nanoseconds, nanoseconds, type UnixNs, unixNs } from "./units.ts";

/** How one kind of cell is written, checked and described. */
export interface Column<T> {
  readonly description: string;
  readonly unit: string;
  /** What a valid cell looks like, for people: in the data dictionary and in error messages. */
  readonly expected: string;
  readonly format: (value: T) => string;
  /** `undefined` when the cell is not valid. */
  readonly parse: (cell: string) => T | undefined;
}

export type ColumnsOf<R> = { readonly [K in keyof R]: Column<R[K]> };

export interface Table<R> {
  readonly name: string;
  readonly description: string;
  readonly columns: ColumnsOf<R>;
  /** The header line, with its line end. */
  readonly header: string;
  /** One CSV line, with its line end. */
  readonly formatRow: (row: R) => string;
  /** @throws TableError at the first thing that is not as declared. `file` is for the message. */
  readonly parse: (text: string, file: string) => R[];
}

/** A CSV file that is not what its declaration says; the message is one line: file:line, column, got, expected. */
export class TableError extends Error {
  override readonly name = "TableError";
}

export function defineTable<R>(name: string, description: string, columns: ColumnsOf<R>): Table<R> {
  const names = Object.keys(columns);
  const kinds = Object.values(columns) as Column<unknown>[];
  const toRow = (cells: readonly string[], where: string): R => {
    if (cells.length !== names.length) {
      throw new TableError(`${where}: ${cells.length} cells, expected ${names.length} (a broken or half-written row?)`);
    }
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) {
      const kind = kinds[index] as Column<unknown>;
      const cell = cells[index] as string;
      const value = kind.parse(cell);
      if (value === undefined) {
        throw new TableError(`${where}, column ${names[index]}: got ${quoted(cell)}, expected ${kind.expected}`);
      }
      row[names[index] as string] = value;
    }
    return row as R;
  };
  return {
    name,
    description,
    columns,
    header: stringify([names]),
    formatRow: (row) =>
      stringify([names.map((column, index) => (kinds[index] as Column<unknown>).format(row[column as keyof R]))]),
    parse: (text, file) => parseLines(text, file, names, toRow),
  };
}

function parseLines<R>(text: string, file: string, names: readonly string[], toRow: (cells: string[], where: string) => R): R[] {
  if (text.length > 0 && !text.endsWith("\n")) {
    throw new TableError(
      `${file}:${text.split("\n").length}: the last row is cut off (no line end); remove it to read the rows before it`,
    );
  }
  const rows: R[] = [];
  let header = true;
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      on_record: (cells: string[], context) => {
        if (header) checkHeader(cells, names, file);
        else rows.push(toRow(cells, `${file}:${context.lines}`));
        header = false;
        return null;
      },
    });
  } catch (error) {
    if (error instanceof TableError) throw error;
    throw new TableError(`${file}: not CSV: ${(error as Error).message}`, { cause: error });
  }
  if (header) throw new TableError(`${file}: empty file, expected a header of ${names.length} columns`);
  return rows;
}

function checkHeader(cells: readonly string[], names: readonly string[], file: string): void {
  const wrong = names.findIndex((name, index) => cells[index] !== name);
  if (wrong >= 0)
    throw new TableError(
      `${file}:1, column ${wrong + 1}: got ${quoted(cells[wrong] ?? "")}, expected the header ${names[wrong]}`,
    );
  if (cells.length > names.length) throw new TableError(`${file}:1: unknown column ${quoted(cells[names.length] ?? "")}`);
}

/** A cell as it may be shown: control characters escaped, long text cut. */
const quoted = (cell: string): string => JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);

// The kinds of cell.

export function text(description: string, pattern: RegExp, expected: string): Column<string> {
  return { description, unit: "", expected, format: String, parse: (cell) => (pattern.test(cell) ? cell : undefined) };
}

export function oneOf<const T extends string>(values: readonly T[], description: string): Column<T> {
  return {
    description,
    unit: "",
    expected: values.join(" | "),
    format: String,
    parse: (cell) => values.find((value) => value === cell),
  };
}

export function flag(description: string): Column<boolean> {
  return {
    description,
    unit: "",
    expected: "true | false",
    format: String,
    parse: (cell) => (cell === "true" ? true : cell === "false" ? false : undefined),
  };
}

export function count(description: string, from = 0): Column<number> {
  return {
    description,
    unit: "",
    expected: `a whole number from ${from}`,
    format: String,
    parse: (cell) => {
      const value = wholeNumber(cell);
      return value === undefined || value < from ? undefined : value;
    },
  };
}

export function ns(description: string): Column<Nanoseconds> {
  return {
    description,
    unit: "ns",
    expected: "a whole number of nanoseconds",
    format: String,
    parse: (cell) => {
      const value = wholeNumber(cell);
      return value === undefined ? undefined : nanoseconds(value);
    },
  };
}

export function unixTimeNs(description: string): Column<UnixNs> {
  return {
    description,
    unit: "ns since 1970-01-01 UTC",
    expected: "a whole number of nanoseconds since 1970",
    format: String,
    parse: (cell) => (/^\d{1,19}$/.test(cell) ? unixNs(BigInt(cell)) : undefined),
  };
}

/** A cell that may be empty: what was not measured is missing, never 0. */
export function optional<T>(column: Column<T>): Column<T | null> {
  return {
    ...column,
    expected: `${column.expected}, or empty`,
    format: (value) => (value === null ? "" : column.format(value)),
    parse: (cell) => (cell === "" ? null : column.parse(cell)),
  };
}

const wholeNumber = (cell: string): number | undefined => {
  if (!/^-?\d{1,16}$/.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isSafeInteger(value) ? value : undefined;
};

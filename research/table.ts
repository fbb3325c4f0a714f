/**
 * One declaration of a table gives its row type, its writer, its strict reader and its description. A table is written
 * row by row, appended, never rewritten; it is read row by row too, however long it is, and the first cell that is not
 * what was declared is an error that names file, line and column.
 */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { lines } from "./lines.ts";
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
  /**
   * The rows of a text that comes in pieces, cut anywhere; each is made when it is asked for. `file` is for the message.
   * @throws TableError at the first thing that is not as declared, after the rows before it
   */
  readonly read: (pieces: Iterable<string>, file: string) => Generator<R>;
  /** The same for a text at hand, all rows at once. */
  readonly parse: (text: string, file: string) => R[];
}

/** A CSV file that is not what its declaration says; the message is one line: file:line, column, got, expected. */
export class TableError extends Error {
  override readonly name = "TableError";
}

export function defineTable<R>(name: string, description: string, columns: ColumnsOf<R>): Table<R> {
  const names = Object.keys(columns);
  const kinds = Object.values(columns) as Column<unknown>[];
  // Rows are copies of one shape: to grow each by a column at a time takes twice as long.
  const blank: Readonly<Record<string, unknown>> = Object.fromEntries(names.map((column) => [column, undefined]));
  const toRow = (cells: readonly string[], where: () => string): R => {
    if (cells.length !== names.length) {
      throw new TableError(`${where()}: ${cells.length} cells, expected ${names.length} (a broken or half-written row?)`);
    }
    const row = { ...blank };
    for (let index = 0; index < names.length; index += 1) {
      const kind = kinds[index] as Column<unknown>;
      const cell = cells[index] as string;
      const value = kind.parse(cell);
      if (value === undefined) {
        throw new TableError(`${where()}, column ${names[index]}: got ${quoted(cell)}, expected ${kind.expected}`);
      }
      row[names[index] as string] = value;
    }
    return row as R;
  };
  function* read(pieces: Iterable<string>, file: string): Generator<R> {
    let header = true;
    for (const { cells, line } of records(pieces, file)) {
      if (header) checkHeader(cells, names, file);
      else yield toRow(cells, () => `${file}:${line}`);
      header = false;
    }
    if (header) throw new TableError(`${file}: empty file, expected a header of ${names.length} columns`);
  }
  return {
    name,
    description,
    columns,
    header: stringify([names]),
    formatRow: (row) =>
      stringify([names.map((column, index) => (kinds[index] as Column<unknown>).format(row[column as keyof R]))]),
    read,
    parse: (text, file) => [...read([text], file)],
  };
}

interface CsvRecord {
  readonly cells: readonly string[];
  /** Its last line; lines count from 1. */
  readonly line: number;
}

/** A record is a line, or several where a quoted cell holds line ends: those between an odd quote and the next. */
function* records(pieces: Iterable<string>, file: string): Generator<CsvRecord> {
  let line = 0;
  let record = "";
  let open = false;
  for (const text of lines(pieces)) {
    line += 1;
    if (!text.endsWith("\n")) {
      throw new TableError(`${file}:${line}: the last row is cut off (no line end); remove it to read the rows before it`);
    }
    record += line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (hasOddQuotes(text)) open = !open;
    if (open) continue;
    yield { cells: splitRecord(record, `${file}:${line}`), line };
    record = "";
  }
  if (open) {
    const begun = line + 2 - record.split("\n").length;
    throw new TableError(`${file}:${begun}: not CSV: a quote is opened here and never closed`);
  }
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) odd = !odd;
  return odd;
}

/** Nearly all records have no quotes, and no need of a CSV parser, which takes ten times as long. */
function splitRecord(record: string, where: string): string[] {
  const content = record.slice(0, record.endsWith("\r\n") ? -2 : -1);
  if (!content.includes('"')) return content.split(",");
  try {
    return parse(content, { relax_column_count: true, record_delimiter: "\n" })[0] ?? [];
  } catch (error) {
    // It knows this record alone, so that its own line number would mislead.
    throw new TableError(`${where}: not CSV: ${(error as Error).message.replace(/ at line \d+/, "")}`, { cause: error });
  }
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

export function ns(description: string, from = Number.NEGATIVE_INFINITY): Column<Nanoseconds> {
  return {
    description,
    unit: "ns",
    expected: `a whole number of nanoseconds${from === 0 ? ", not negative" : ""}`,
    format: String,
    parse: (cell) => {
      const value = wholeNumber(cell);
      return value === undefined || value < from ? undefined : nanoseconds(value);
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

export function decimal(description: string, unit: string): Column<number> {
  return {
    description,
    unit,
    expected: "a decimal number",
    format: String,
    parse: (cell) => {
      const value = DECIMAL.test(cell) ? Number(cell) : Number.NaN;
      return Number.isFinite(value) ? value : undefined;
    },
  };
}

/** No NaN, no infinity, no unit behind it; without the 0 before the point, too, as bc writes it. */
const DECIMAL = /^-?(\d+|\d*\.\d+)(e[+-]?\d+)?$/i;

/** A cell that may be empty: what was not measured is missing, never 0. */
export function optional<T>(column: Column<T>): Column<T | null> {
  return {
    ...column,
    expected: `${column.expected}, or empty`,
    format: (value) => (value === null ? "" : column.format(value)),
    parse: (cell) => (cell === "" ? null : column.parse(cell)),
  };
}

/** A cell in which a word may stand for what was not measured: in files that are not ours. */
export function orWord<T>(column: Column<T>, word: string): Column<T | null> {
  return {
    ...column,
    expected: `${column.expected}, or ${word}`,
    format: (value) => (value === null ? word : column.format(value)),
    parse: (cell) => (cell === word ? null : column.parse(cell)),
  };
}

const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39];
const MOST_DIGITS = 16;

/** Digit by digit: a regular expression and a conversion take four times as long, and there are 30 such cells in a row. */
function wholeNumber(cell: string): number | undefined {
  const negative = cell.charCodeAt(0) === MINUS;
  const begin = negative ? 1 : 0;
  const digits = cell.length - begin;
  if (digits < 1 || digits > MOST_DIGITS) return undefined;
  let value = 0;
  for (let index = begin; index < cell.length; index += 1) {
    const code = cell.charCodeAt(index);
    if (code < ZERO || code > NINE) return undefined;
    value = 10 * value + code - ZERO;
  }
  // Beyond the safe integers the sum above is not exact, but not safe either.
  if (!Number.isSafeInteger(value)) return undefined;
  return negative ? -value : value;
}

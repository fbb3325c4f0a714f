/**
 * One declaration of a table gives its row type, its writer, its strict reader and its description. A table is written
 * row by row, appended, never rewritten; it is read row by row too, however long it is, its columns by name, and the
 * first cell that is not what was declared is an error that names file, line and column.
 */
import { stringify } from "csv-stringify/sync";
import type { Column, ColumnsOf } from "./csv/cells.ts";
import { columnPlaces, quoted } from "./csv/header.ts";
import { type Author, type CsvRecord, csvRecords, type OnCaution } from "./csv/records.ts";
import { TableError } from "./csv/table-error.ts";

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
   * @param onCaution without it, an unfinished last row of a file of ours is an error; with it, that row is left out
   * @throws TableError at the first thing that is not as declared, after the rows before it
   */
  readonly read: (pieces: Iterable<string>, file: string, onCaution?: OnCaution) => Generator<R>;
  /** The same for a text at hand, all rows at once. */
  readonly parse: (text: string, file: string) => R[];
}

/** Any table, for whoever reads it without knowing its rows. */
export interface ReadableTable extends Pick<Table<unknown>, "name" | "description"> {
  readonly columns: Readonly<Record<string, Pick<Column<unknown>, "kind" | "unit" | "expected" | "description">>>;
  readonly read: (...file: Parameters<Table<unknown>["read"]>) => Iterable<object>;
}

/** What is impossible about a row, given the rows before it; `undefined` where nothing is. */
export type Check<R> = (row: R) => string | WrongCell | undefined;

/** It is one cell that is impossible. */
export interface WrongCell {
  readonly column: string;
  readonly value: string;
  readonly expected: string;
  /** Why, after the expectation. */
  readonly why: string;
}

/** @param value of a time @returns what is wrong with one that is shorter than such a time can be */
export const tooShort = (column: string, value: number, least: number, unit: string): WrongCell => ({
  ...{ column, value: `${value}`, expected: `${least} ${unit} or more` },
  why: "nothing of the kind takes less; is it in another unit?",
});

/** What is impossible about the rows before `next`, which are complete with it; without one, with the end of the file. */
export type CompleteCheck<R> = (next: R | undefined) => string | undefined;

export interface TableOptions<R> {
  /** Who writes the files of this table: we, unless it is said. */
  readonly author?: Author;
  /** Made for every file that is read. */
  readonly checks?: () => readonly Check<R>[];
  /** The same, for what can be told only when no row follows that belongs to those before. */
  readonly complete?: () => CompleteCheck<R>;
}

/** A row that cannot have been measured says that the file is not what was measured. */
const ADVICE: Readonly<Record<Author, string>> = {
  us: "such a row is never written: restore the file as it was measured",
  others: "correct it where it was made, or leave the file out",
};

const LONGEST_VALUE = 100;

export function defineTable<R>(
  name: string,
  description: string,
  columns: ColumnsOf<R>,
  { author = "us", checks = () => [], complete = () => () => undefined }: TableOptions<R> = {},
): Table<R> {
  const names = Object.keys(columns);
  const kinds = Object.values(columns) as Column<unknown>[];
  // Rows are copies of one shape: to grow each by a column at a time takes twice as long.
  const blank: Readonly<Record<string, unknown>> = Object.fromEntries(names.map((column) => [column, null]));
  // Of rows that follow each other many cells are the same: an image, an id, a time of the trial.
  const lastCells: (string | undefined)[] = names.map(() => undefined);
  const lastValues: unknown[] = [];
  const toRow = ({ cells, cutOff, line }: CsvRecord, places: readonly number[], width: number, where: () => string): R => {
    const end = cutOff ? "; the file ends here without a line end; is it truncated?" : "";
    if (cells.length !== width) {
      throw new TableError(`${where()}: ${cells.length} cells, expected ${width} (a broken or half-written row?)${end}`, {
        ...{ line, value: `${cells.length} cells`, expected: `${width} cells` },
      });
    }
    const row = { ...blank };
    for (let index = 0; index < names.length; index += 1) {
      const place = places[index] as number;
      if (place < 0) continue;
      const cell = cells[place] as string;
      if (cell === lastCells[index]) {
        row[names[index] as string] = lastValues[index];
        continue;
      }
      const kind = kinds[index] as Column<unknown>;
      const value = kind.parse(cell);
      if (value === undefined) {
        throw new TableError(`${where()}, column ${names[index]}: got ${quoted(cell)}, expected ${kind.expected}${end}`, {
          ...{ line, column: names[index] as string, value: cell.slice(0, LONGEST_VALUE), expected: kind.expected },
        });
      }
      lastCells[index] = cell;
      lastValues[index] = value;
      row[names[index] as string] = value;
    }
    return row as R;
  };
  function* read(pieces: Iterable<string>, file: string, onCaution?: OnCaution): Generator<R> {
    let places: readonly number[] | undefined;
    let width = 0;
    const checked = checks();
    const completed = complete();
    const refuse = (impossible: string | WrongCell | undefined, line: number): void => {
      if (impossible === undefined) return;
      if (typeof impossible === "string") throw new TableError(`${file}:${line}: ${impossible}; ${ADVICE[author]}`, { line });
      const { column, value, expected, why } = impossible;
      const what = `${file}:${line}, column ${column}: got ${quoted(value)}, expected ${expected}: ${why}`;
      throw new TableError(`${what}; ${ADVICE[author]}`, { line, column, value, expected });
    };
    let lastLine = 0;
    let isWhole = true;
    const caution =
      onCaution &&
      ((said: string): void => {
        isWhole = author === "others"; // of ours, it is that an unfinished row is left out
        onCaution(said);
      });
    for (const record of csvRecords(pieces, file, author, caution)) {
      if (places === undefined) {
        places = columnPlaces(record, columns as ColumnsOf<Record<string, never>>, author, file);
        width = record.cells.length;
        continue;
      }
      const row = toRow(record, places, width, () => `${file}:${record.line}`);
      refuse(completed(row), lastLine);
      for (const check of checked) refuse(check(row), record.line);
      lastLine = record.line;
      yield row;
    }
    const cut = isWhole ? completed(undefined) : undefined;
    // A run that was killed may have left a trial without its last rows: what is before them is read.
    if (cut !== undefined && onCaution !== undefined) onCaution(`${file}:${lastLine}: ${cut}; the trial is left out`);
    else refuse(cut, lastLine);
    if (places === undefined) throw new TableError(`${file}: empty file, expected a header of ${names.length} columns`);
  }
  return {
    name,
    description,
    columns,
    header: `${names.join(",")}\n`, // words, with nothing to quote
    formatRow: (row) =>
      stringify([names.map((column, index) => (kinds[index] as Column<unknown>).format(row[column as keyof R]))]),
    read,
    parse: (text, file) => [...read([text], file)],
  };
}

/** The text of a CSV file → its records, each split into cells. What a cell means, a table knows. */
import { parse } from "csv-parse/sync";
import { lines } from "./lines.ts";
import { TableError } from "./table-error.ts";

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Its last line; lines count from 1. */
  readonly line: number;
  /** Nothing follows it, not even a line end. */
  readonly cutOff: boolean;
}

/**
 * Who wrote a file. We end every row with a line end, so that a last line without one is not whole. Other programs may
 * write none, put spaces around cells, and what they wrote is not ours to correct.
 */
export type Author = "us" | "others";

/** Called with what a reader of the numbers should know, in one line. */
export type OnCaution = (caution: string) => void;

/**
 * A record is a line, or several where a quoted cell holds line ends: those between an odd quote and the next. Empty lines
 * hold none.
 * @param onCaution without it, an unfinished row of ours is an error
 */
export function* csvRecords(pieces: Iterable<string>, file: string, author: Author, onCaution?: OnCaution): Generator<CsvRecord> {
  let line = 0;
  let record = "";
  let open = false;
  for (const text of lines(pieces)) {
    line += 1;
    record += line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (hasOddQuotes(text)) open = !open;
    const cutOff = !text.endsWith("\n");
    if (cutOff && author === "us") return unfinished(file, line, onCaution);
    if (open) continue;
    if (record.trim() !== "") {
      if (cutOff) onCaution?.(`${file}:${line}: the last line has no line end; it is read as a whole row`);
      yield { cells: splitRecord(record, author, file, line), line, cutOff };
    }
    record = "";
  }
  if (open) {
    const begun = line + 2 - record.split("\n").length - (record.endsWith("\n") ? 0 : 1);
    throw new TableError(`${file}:${begun}: not CSV: a quote is opened here and never closed`, { line: begun });
  }
}

function unfinished(file: string, line: number, onCaution: OnCaution | undefined): void {
  const what = `${file}:${line}: the last line is unfinished (it has no line end), as when a run is killed while it writes`;
  if (onCaution === undefined) throw new TableError(`${what}; remove this line`, { line });
  onCaution(`${what}; it is left out, the rows before it are read`);
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) odd = !odd;
  return odd;
}

/** Nearly all records have no quotes, and no need of a CSV parser, which takes ten times as long. */
function splitRecord(record: string, author: Author, file: string, line: number): string[] {
  const content = record.endsWith("\n") ? record.slice(0, -1) : record;
  const trim = author === "others";
  if (!content.includes('"')) {
    const cells = content.split(",");
    return trim ? cells.map((cell) => cell.trim()) : cells;
  }
  try {
    return parse(content, { relax_column_count: true, record_delimiter: "\n", trim })[0] ?? [];
  } catch (error) {
    // It sees this record alone, so its own line number would mislead.
    const message = `${file}:${line}: not CSV: ${(error as Error).message.replace(/ at line \d+/, "")}`;
    throw new TableError(message, { line }, { cause: error });
  }
}

/** A last trial that was written by halves: the one thing that is ever taken out of a raw file, and it is kept beside it. */
import { closeSync, existsSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { csvRecords } from "../../../research/csv/records.ts";
import type { IsWhole } from "../../../research/tables/columns/trial-table.ts";

export interface TornTable {
  readonly header: string;
  /** What tells the rows of a trial apart, in a table whose trials have several. */
  readonly part?: readonly string[] | undefined;
  readonly isWhole?: IsWhole | undefined;
  /** What becomes of what was torn, in words. */
  readonly fate?: string;
}

const [NEWLINE, NUL] = [0x0a, 0x00];

/**
 * Moves what is behind the last whole trial into FILE.torn, behind what is there already: half a row, with the rows of its
 * trial, or the rows of a trial that lacks others, where the file was cut at the end of a line. A machine that went down may
 * have left NUL bytes for what was never written.
 * @returns a line for people; `undefined` where the file ends with a whole trial, or is not there
 * @throws TableError for a last row that is not CSV; Error when it cannot be written; the file is as it was then
 */
export function setTornRowAside(file: string, table: TornTable): string | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const nul = bytes.indexOf(NUL);
  const end = nul < 0 ? bytes.length : nul;
  const whole = end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
  const firstRow = Buffer.byteLength(table.header);
  const torn = bytes.toString("utf8", whole);
  const begin = torn === "" || table.part === undefined ? whole : beginOfTrial(bytes, whole, torn, firstRow);
  // What is before half a row may lack rows, too: the cut was within the number of its trial.
  const cut = beginOfIncomplete(bytes, begin, firstRow, table, file) ?? begin;
  if (cut === bytes.length) return undefined;
  const aside = `${file}.torn`;
  append(aside, Buffer.concat([bytes.subarray(cut), Buffer.from("\n")]));
  const descriptor = openSync(file, "r+");
  try {
    ftruncateSync(descriptor, cut);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  const what =
    cut === whole ? "its last row was torn" : torn === "" ? "its last trial lacked rows" : "the rows of its last trial were torn";
  const { fate = "the trial is measured again" } = table;
  return `${file}: ${what} when the run was ended; ${bytes.length - cut} bytes were moved to ${aside}, and ${fate}`;
}

const lineBefore = (bytes: Buffer, end: number): number => bytes.lastIndexOf(NEWLINE, end - 2) + 1;
const trialBefore = (bytes: Buffer, end: number): string =>
  bytes.toString("utf8", lineBefore(bytes, end), end).split(",")[0] ?? "";

/** Where the trial of the torn row begins: rows of it before may be whole. A number cut short may be any that it begins. */
function beginOfTrial(bytes: Buffer, whole: number, torn: string, firstRow: number): number {
  if (whole <= firstRow) return whole;
  const last = trialBefore(bytes, whole);
  const [number = "", ...more] = torn.split(",");
  if (more.length === 0 ? !last.startsWith(number) : last !== number) return whole;
  return beginOfLast(bytes, whole, firstRow);
}

function beginOfLast(bytes: Buffer, end: number, firstRow: number): number {
  const last = trialBefore(bytes, end);
  let begin = end;
  while (begin > firstRow && trialBefore(bytes, begin) === last) begin = lineBefore(bytes, begin);
  return begin;
}

/** Where the last trial before `end` begins; `undefined` where it has all of its rows, or nothing tells. */
function beginOfIncomplete(
  bytes: Buffer,
  end: number,
  firstRow: number,
  { header, isWhole }: TornTable,
  file: string,
): number | undefined {
  if (isWhole === undefined || end <= firstRow) return undefined;
  const begin = beginOfLast(bytes, end, firstRow);
  const columns = header.trimEnd().split(",");
  const rows = [...csvRecords([bytes.toString("utf8", begin, end)], file, "us")].map(({ cells }) =>
    Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? ""])),
  );
  return isWhole(rows) ? undefined : begin;
}

function append(file: string, bytes: Buffer): void {
  const descriptor = openSync(file, "a");
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

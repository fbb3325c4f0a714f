/** A last row that was written by halves: the one thing that is ever taken out of a raw file, and it is kept beside it. */
import { closeSync, existsSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";

export interface TornTable {
  readonly header: string;
  /** What tells the rows of a trial apart, in a table whose trials have several. */
  readonly part?: readonly string[] | undefined;
}

const [NEWLINE, NUL] = [0x0a, 0x00];

/**
 * Moves what is behind the last whole row into FILE.torn, behind what is there already; of a trial of several rows, all of
 * them. A machine that went down may have left NUL bytes for what was never written.
 * @returns a line for people; `undefined` where the file ends with a whole row, or is not there
 * @throws Error when it cannot be written; the file is as it was then
 */
export function setTornRowAside(file: string, { header, part }: TornTable): string | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const nul = bytes.indexOf(NUL);
  const end = nul < 0 ? bytes.length : nul;
  const whole = end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
  if (whole === bytes.length) return undefined;
  const torn = bytes.toString("utf8", whole);
  const cut = part === undefined ? whole : beginOfTrial(bytes, whole, torn, Buffer.byteLength(header));
  const aside = `${file}.torn`;
  append(aside, Buffer.concat([bytes.subarray(cut), Buffer.from("\n")]));
  const descriptor = openSync(file, "r+");
  try {
    ftruncateSync(descriptor, cut);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  const what = cut === whole ? "its last row was torn" : "the rows of its last trial were torn";
  return `${file}: ${what} when the run was ended; ${bytes.length - cut} bytes were moved to ${aside}, and the trial is measured again`;
}

/** Where the trial of the torn row begins: rows of it before may be whole. A number cut short may be any that it begins. */
function beginOfTrial(bytes: Buffer, whole: number, torn: string, firstRow: number): number {
  if (whole <= firstRow) return whole;
  const before = (end: number): number => bytes.lastIndexOf(NEWLINE, end - 2) + 1;
  const trialBefore = (end: number): string => bytes.toString("utf8", before(end), end).split(",")[0] ?? "";
  const last = trialBefore(whole);
  const [number = "", ...more] = torn.split(",");
  if (more.length === 0 ? !last.startsWith(number) : last !== number) return whole;
  let begin = whole;
  while (begin > firstRow && trialBefore(begin) === last) begin = before(begin);
  return begin;
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

/** Text files, whole or in pieces; one that cannot be read is one line that says why. */
import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { lines } from "../../../research/csv/lines.ts";
import { TableError } from "../../../research/csv/table-error.ts";

/**
 * @param whenMissing what it means that the file is not there, and what to do
 * @param name of the file in messages
 * @throws TableError for what is not UTF-8; Error with its cause
 */
export function readText(file: string, whenMissing: string, name = file): string {
  refuseIrregular(file, name);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw unreadable(name, whenMissing, cause);
  }
  refuseOtherEncodings(bytes, name);
  return bytes.toString("utf8");
}

/** @throws Error, as for a text */
export function readBytes(file: string): Buffer {
  refuseIrregular(file);
  return readFileSync(file);
}

/**
 * To open a pipe would be to wait for its writer, perhaps for ever. A link to a regular file is as good as the file.
 * @throws Error for what is there and is not a regular file
 */
export function refuseIrregular(file: string, name = file): void {
  if (isIrregular(file)) throw new Error(`${name}: not a regular file`);
}

function isIrregular(file: string): boolean {
  try {
    return !statSync(file).isFile();
  } catch {
    return false; // why, whoever opens it says
  }
}

const PIECE_BYTES = 1 << 16;

/**
 * The same in pieces, cut anywhere, read as they are asked for: a million rows are too long for one string. UTF-16 is
 * recognised by its byte order mark; everything else is UTF-8, or refused.
 * @param name of the file in messages
 */
export function* readPieces(file: string, whenMissing: string, name = file): Generator<string> {
  refuseIrregular(file, name);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const bytes = Buffer.allocUnsafe(PIECE_BYTES);
    let decode: ((bytes: Buffer) => string) | undefined;
    let doubted = false;
    for (;;) {
      const count = readSync(descriptor, bytes);
      decode ??= utf16Decoder(bytes.subarray(0, count)) ?? utf8Decoder();
      const text = decode(bytes.subarray(0, count));
      if (!doubted && text.includes(REPLACEMENT)) {
        const whole = readFileSync(file);
        if (utf16Of(whole) === undefined) refuseOtherEncodings(whole, name);
        doubted = true; // once is enough: the character itself may stand in a file
      }
      yield text;
      if (count === 0) break;
    }
  } catch (cause) {
    if (cause instanceof TableError) throw cause;
    throw unreadable(name, whenMissing, cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The text a line at a time, so that whoever reads it row by row knows the line of the row at hand: some lines hold no row. */
export function countingLines(pieces: Iterable<string>): { readonly pieces: Iterable<string>; readonly line: () => number } {
  let line = 0;
  function* each(): Generator<string> {
    for (const text of lines(pieces)) {
      line += 1;
      yield text;
    }
  }
  return { pieces: each(), line: () => line };
}

/** What a decoder puts where bytes are no character. */
const REPLACEMENT = "\uFFFD";

/** Keeps a character that is cut for the next piece; an empty piece is the end. */
type Decode = (bytes: Buffer) => string;

/** Seven times as fast as a TextDecoder. */
function utf8Decoder(): Decode {
  const utf8 = new StringDecoder("utf8");
  return (bytes) => (bytes.length > 0 ? utf8.write(bytes) : utf8.end());
}

/** @returns `undefined` where the text does not begin with the mark of UTF-16 */
function utf16Decoder(first: Buffer): Decode | undefined {
  const encoding = utf16Of(first);
  if (encoding === undefined) return undefined;
  const utf16 = new TextDecoder(encoding);
  return (bytes) => utf16.decode(bytes, { stream: bytes.length > 0 });
}

const utf16Of = ([one, two]: Buffer): "utf-16le" | "utf-16be" | undefined =>
  one === 0xff && two === 0xfe ? "utf-16le" : one === 0xfe && two === 0xff ? "utf-16be" : undefined;

/** @throws TableError that names the first line which is not UTF-8; its line ends are the same bytes in its kin */
function refuseOtherEncodings(bytes: Buffer, name: string): void {
  if (isUtf8(bytes)) return;
  let line = 1;
  for (let begin = 0; begin < bytes.length; line += 1) {
    const found = bytes.indexOf("\n", begin);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(begin, end)))
      throw new TableError(
        `${name}:${line}: the text is not UTF-8 (is it Latin-1, or cut within a character?): save it as UTF-8`,
        { line },
      );
    begin = end + 1;
  }
}

function unreadable(name: string, whenMissing: string, cause: unknown): Error {
  const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
  const message = missing ? `${name}: no such file: ${whenMissing}` : `cannot read ${name}: ${(cause as Error).message}`;
  return new Error(message, { cause });
}

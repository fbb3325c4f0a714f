/** Text files, whole or in pieces; one that cannot be read is one line that says why. */
import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/**
 * @param whenMissing what it means that the file is not there, and what to do
 * @throws Error with its cause
 */
export function readText(file: string, whenMissing: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw unreadable(file, whenMissing, cause);
  }
}

const PIECE_BYTES = 1 << 16;

/**
 * The same in pieces, cut anywhere, read as they are asked for: a million rows are too long for one string. UTF-16 is
 * recognised by its byte order mark; everything else is UTF-8, or refused.
 */
export function* readPieces(file: string, whenMissing: string): Generator<string> {
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
        refuseOtherEncodings(file);
        doubted = true; // once is enough: the character itself may stand in a file
      }
      yield text;
      if (count === 0) break;
    }
  } catch (cause) {
    if (cause instanceof EncodingError) throw cause;
    throw unreadable(file, whenMissing, cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What a decoder puts where bytes are no character. */
const REPLACEMENT = "\uFFFD";

class EncodingError extends Error {
  override readonly name = "EncodingError";
}

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

/** @throws EncodingError that names the first line which is not UTF-8; its line ends are the same bytes in its kin */
function refuseOtherEncodings(file: string): void {
  const bytes = readFileSync(file);
  if (utf16Of(bytes) !== undefined) return;
  let line = 1;
  for (let begin = 0; begin < bytes.length; line += 1) {
    const found = bytes.indexOf("\n", begin);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(begin, end)))
      throw new EncodingError(
        `${file}:${line}: the text is not UTF-8 (is it Latin-1, or cut within a character?): save it as UTF-8`,
      );
    begin = end + 1;
  }
}

function unreadable(file: string, whenMissing: string, cause: unknown): Error {
  const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
  const message = missing ? `${file}: no such file: ${whenMissing}` : `cannot read ${file}: ${(cause as Error).message}`;
  return new Error(message, { cause });
}

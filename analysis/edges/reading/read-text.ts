/** Text files, whole or in pieces; one that cannot be read is one line that says why. */
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

/** The same in pieces, cut anywhere, read as they are asked for: a million rows are more than one wants in a string. */
export function* readPieces(file: string, whenMissing: string): Generator<string> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const bytes = Buffer.allocUnsafe(PIECE_BYTES);
    const decoder = new StringDecoder("utf8"); // keeps a character that is cut for the next piece
    for (;;) {
      const count = readSync(descriptor, bytes);
      if (count === 0) break;
      yield decoder.write(bytes.subarray(0, count));
    }
    yield decoder.end();
  } catch (cause) {
    throw unreadable(file, whenMissing, cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function unreadable(file: string, whenMissing: string, cause: unknown): Error {
  const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
  const message = missing ? `${file}: no such file: ${whenMissing}` : `cannot read ${file}: ${(cause as Error).message}`;
  return new Error(message, { cause });
}

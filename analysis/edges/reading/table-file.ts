/** A table's file, read once for its seals. */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { type FoundTable, sealedLengths, sumUp } from "../../../research/csv/seal.ts";
import type { Session } from "../../../research/manifest.ts";
import { FILES } from "../../../research/tables/catalogue.ts";
import { refuseIrregular } from "./read-text.ts";

const PIECE_BYTES = 1 << 16;

function* bytesOf(file: string): Generator<Uint8Array> {
  refuseIrregular(file);
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    for (let count = readSync(descriptor, buffer); count > 0; count = readSync(descriptor, buffer))
      yield buffer.subarray(0, count);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The tables of a folder as they are now, by experiment.
 * @param onUnreadable called for a table whose bytes cannot be read, which is left out; without it, that is thrown
 */
export function foundTables(
  folder: string,
  sessions: readonly Session[],
  onUnreadable?: (table: string) => void,
): Map<string, FoundTable> {
  const there = FILES.map(({ name }) => [name, join(folder, `${name}.csv`)] as const).filter(([, file]) => existsSync(file));
  return new Map(
    there.flatMap(([name, file]) => {
      try {
        return [[name, sumUp(bytesOf(file), sealedLengths(sessions, name))] as const];
      } catch (error) {
        if (onUnreadable === undefined) throw error;
        onUnreadable(name);
        return [];
      }
    }),
  );
}

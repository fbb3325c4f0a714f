/** A table's file, read once for its seals. */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { type FoundTable, sealedLengths, sumUp } from "../../../research/csv/seal.ts";
import type { Session } from "../../../research/manifest.ts";
import { FILES } from "../../../research/tables/catalogue.ts";

const PIECE_BYTES = 1 << 16;

function* bytesOf(file: string): Generator<Uint8Array> {
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    for (let count = readSync(descriptor, buffer); count > 0; count = readSync(descriptor, buffer))
      yield buffer.subarray(0, count);
  } finally {
    closeSync(descriptor);
  }
}

/** The tables of a folder as they are now, by experiment. */
export function foundTables(folder: string, sessions: readonly Session[]): Map<string, FoundTable> {
  const there = FILES.map(({ name }) => [name, join(folder, `${name}.csv`)] as const).filter(([, file]) => existsSync(file));
  return new Map(there.map(([name, file]) => [name, sumUp(bytesOf(file), sealedLengths(sessions, name))]));
}

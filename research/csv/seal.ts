/**
 * Seals: what a session left of each table, by rows, bytes and SHA-256. A file is only added to, so that the bytes up to a
 * session's end never change; where they did, somebody edited the file.
 */
import { createHash } from "node:crypto";
import type { Seal, SealedTable, Session } from "../manifest.ts";

/** The bytes of the tables that a folder has, by experiment. */
export type TableBytes = ReadonlyMap<string, Uint8Array>;

const LINE_FEED = 0x0a;

/** @returns the seals of these sessions, by number; a table without rows of a session is not in its seal */
export function sealSessions(tables: TableBytes, sessions: readonly number[], made: Seal["made"]): Map<number, Seal> {
  const seals = new Map(sessions.map((session) => [session, { made, tables: {} as Record<string, SealedTable> }]));
  for (const [name, bytes] of tables) {
    for (const [session, { rows, end }] of partsOf(bytes)) {
      const seal = seals.get(session);
      if (seal !== undefined) seal.tables[name] = { rows, bytes: end, sha256: sha256(bytes.subarray(0, end)) };
    }
  }
  return seals;
}

/** Of each session, how many rows it has and where its last one ends. */
function partsOf(bytes: Uint8Array): Map<number, { readonly rows: number; readonly end: number }> {
  const parts = new Map<number, { rows: number; end: number }>();
  const text = new TextDecoder();
  let place = -1;
  for (let begin = 0, end = bytes.indexOf(LINE_FEED); end >= 0; begin = end + 1, end = bytes.indexOf(LINE_FEED, begin)) {
    const cells = text.decode(bytes.subarray(begin, end)).split(",");
    if (place < 0) {
      place = cells.indexOf("session");
      if (place < 0) return parts;
      continue;
    }
    const session = Number(cells[place]);
    const part = parts.get(session) ?? { rows: 0, end: 0 };
    parts.set(session, { rows: part.rows + 1, end: end + 1 });
  }
  return parts;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export interface Breach {
  /** The experiment whose table it is. */
  readonly table: string;
  /** In a sentence without its end; names the session. */
  readonly what: string;
}

type Sealed = Pick<Session, "session" | "seal">;

export const isSealed = (sessions: readonly Sealed[]): boolean => sessions.every(({ seal }) => seal !== undefined);

/** A table's file as it is now. */
export interface FoundTable {
  readonly bytes: number;
  /** Whether it has more than a header. */
  readonly hasRows: boolean;
  /** SHA-256 of its first so many bytes. */
  readonly sums: ReadonlyMap<number, string>;
}

/** How many bytes of a table have a sum in a seal, ascending. */
export const sealedLengths = (sessions: readonly Sealed[], table: string): number[] =>
  sessions.flatMap(({ seal }) => seal?.tables[table]?.bytes ?? []).sort((a, b) => a - b);

/** Reads a table's bytes once, in pieces, and sums up what the seals name. */
export function sumUp(pieces: Iterable<Uint8Array>, lengths: readonly number[]): FoundTable {
  const hash = createHash("sha256");
  const sums = new Map<number, string>();
  let [bytes, lines, next] = [0, 0, 0];
  for (const piece of pieces) {
    let done = 0;
    for (; next < lengths.length && (lengths[next] as number) <= bytes + piece.length; next += 1) {
      const length = lengths[next] as number;
      hash.update(piece.subarray(done, length - bytes));
      done = length - bytes;
      sums.set(length, hash.copy().digest("hex"));
    }
    hash.update(piece.subarray(done));
    bytes += piece.length;
    for (let at = piece.indexOf(LINE_FEED); at >= 0 && lines < 2; at = piece.indexOf(LINE_FEED, at + 1)) lines += 1;
  }
  return { bytes, hasRows: lines > 1, sums };
}

/**
 * What is not as it was sealed. Rows behind the last seal are nobody's, unless a session is not sealed yet.
 * @param tables those that the folder has, by experiment
 */
export function brokenSeals(sessions: readonly Sealed[], tables: ReadonlyMap<string, FoundTable>): Breach[] {
  const sealed = sessions.flatMap(({ seal }) => Object.keys(seal?.tables ?? {}));
  if (sealed.length === 0) return [];
  const whole = isSealed(sessions);
  return [...new Set([...tables.keys(), ...sealed])].flatMap((table) => {
    const seals = sessions.flatMap(({ session, seal }) => {
      const of = seal?.tables[table];
      return of === undefined ? [] : [{ session, ...of }];
    });
    const what = breachOf(
      tables.get(table),
      seals.sort((a, b) => a.bytes - b.bytes),
      whole,
    );
    return what === undefined ? [] : [{ table, what }];
  });
}

function breachOf(
  found: FoundTable | undefined,
  seals: readonly (SealedTable & { readonly session: number })[],
  whole: boolean,
): string | undefined {
  const last = seals.at(-1);
  // A header alone was written for an experiment that could not be measured.
  if (last === undefined) return whole && found?.hasRows ? "no session has sealed it" : undefined;
  if (found === undefined) return `it is gone; session ${last.session} sealed ${last.bytes} bytes of it`;
  const broken = seals.find(({ bytes, sha256: expected }) => found.sums.get(bytes) !== expected);
  if (broken !== undefined) {
    return found.bytes < broken.bytes
      ? `it was cut: session ${broken.session} sealed ${broken.bytes} bytes, and ${found.bytes} are left`
      : `it was edited: its first ${broken.bytes} bytes are not those that session ${broken.session} sealed`;
  }
  if (whole && found.bytes > last.bytes)
    return `${found.bytes - last.bytes} bytes were added after session ${last.session} sealed it`;
  return undefined;
}

/** `results/<label>/`: made once, added to with --append, measured by one run at a time, its manifest replaced atomically. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Manifest, PlannedRun, Session } from "../../../research/manifest.ts";
import { MisuseError } from "../../../research/misuse.ts";
import { LABEL_EXPECTED, LABEL_PATTERN } from "../../../research/protocol.ts";
import type { Table } from "../../../research/table.ts";
import { refuseEdited, refuseUnsealed, withSeals } from "./folder-seals.ts";
import { lockPlatform } from "./platform-lock.ts";
import { readFolder } from "./read-folder.ts";
import { setTornRowAside, type TornTable } from "./torn-row.ts";

/** The part of a table that is needed here. */
type Readable<R extends { readonly trial: number }> = Pick<Table<R>, "name" | "header" | "parse">;

interface RowsThere<R> {
  readonly file: string;
  readonly rows: readonly R[];
  readonly lastTrial: number;
}

/** Disposal frees it for other runs. */
export interface PlatformFolder extends Disposable {
  readonly folder: string;
  /** The sessions that are there, those of this run included. */
  readonly sessions: () => readonly Session[];
  /** The plans that are there, the one that this run has claimed it with included. */
  readonly runs: () => readonly PlannedRun[];
  /**
   * Moves a last row that is torn out of the way, so that rows can be added again.
   * @returns what was moved, and where to, for people; `undefined` where nothing was
   */
  readonly setTornRowAside: (table: TornTable & { readonly name: string }) => string | undefined;
  /**
   * A table's rows, where they are, and the last trial that is there already, 0 for none.
   * @throws TableError for a broken file; MisuseError for one whose header is not what would be written now
   */
  readonly rowsOf: <R extends { readonly trial: number }>(table: Readable<R>) => RowsThere<R>;
  /** The files that this run has written; each can verify that it is still there. */
  readonly recorded: Map<string, { readonly check: () => void }>;
  /** @throws Error when the folder of a new platform cannot be made */
  readonly checkWritable: () => void;
  /**
   * Makes the folder of a new platform and takes it for this run, whose plan goes into the manifest with the next session that
   * is saved, in the place of what the same run planned before.
   * @throws MisuseError when another run has taken it meanwhile; Error when it cannot be written
   */
  readonly claim: (run: PlannedRun) => void;
  /**
   * @param resume an interrupted session is to be finished, which need not be sealed yet
   * @throws MisuseError unless every session is sealed and every table is as it was sealed: only then is anything added
   */
  readonly refuseUnsound: (resume: boolean) => void;
  /** Writes the manifest with this session as it is now, behind those before it; one that has ended is sealed. */
  readonly save: (session: Session) => void;
}

/**
 * Reads, and writes nothing. A folder that will be added to is locked before anything is read in it, so that what was read
 * stays true; one that is not there yet, when it is made.
 * @throws MisuseError for a bad label, one that exists without `append`, or one that another run holds; ManifestError for a
 *   folder that cannot be added to
 */
export function openPlatformFolder(results: string, label: string, append: boolean, toolVersion: string): PlatformFolder {
  if (!LABEL_PATTERN.test(label))
    throw new MisuseError(`platform label ${JSON.stringify(label)} is not valid: expected ${LABEL_EXPECTED}`);
  if (existsSync(results) && !statSync(results).isDirectory())
    throw new MisuseError(`--out ${results} is a file, expected a folder`);
  const folder = join(results, label);
  const taken = (): MisuseError =>
    new MisuseError(`platform ${label} exists already (${folder}): choose another label, or add a session to it with --append`);
  if (existsSync(folder) && !append) throw taken();
  const file = join(folder, "platform.json");
  let held = existsSync(folder) ? lockPlatform(folder, label) : undefined;
  let made = false;
  const release = (): void => {
    held?.[Symbol.dispose]();
    // A run that ended before the platform's turn came leaves no folder without results.
    if (made && readdirSync(folder).length === 0) rmdirSync(folder);
  };
  let manifest: Pick<Manifest, "runs" | "sessions">;
  try {
    manifest = readFolder(folder, toolVersion);
  } catch (error) {
    release();
    throw error;
  }
  return {
    [Symbol.dispose]: release,
    folder,
    recorded: new Map(),
    sessions: () => manifest.sessions,
    runs: () => manifest.runs ?? [],
    setTornRowAside: (table) => setTornRowAside(join(folder, `${table.name}.csv`), table),
    rowsOf: (table) => {
      const csv = join(folder, `${table.name}.csv`);
      if (isEmpty(csv)) return { file: csv, rows: [], lastTrial: 0 };
      const text = readFileSync(csv, "utf8");
      const rows = table.parse(text, csv);
      refuseOtherHeader(text, table.header, csv);
      return { file: csv, rows, lastTrial: rows.at(-1)?.trial ?? 0 };
    },
    checkWritable: () => {
      if (held === undefined) tryToMake(dirname(resolve(folder)));
    },
    refuseUnsound: (resume) => {
      if (!resume) refuseUnsealed(folder, manifest.sessions);
      refuseEdited(folder, manifest.sessions);
    },
    claim: (run) => {
      const others = (manifest.runs ?? []).filter(({ sessions }) => sessions[0]?.session !== run.sessions[0]?.session);
      manifest = { ...manifest, runs: [...others, run] };
      if (held !== undefined) return;
      makeFolder(dirname(resolve(folder)));
      made = make(folder);
      if (!made) throw taken();
      held = lockPlatform(folder, label);
    },
    save: (session) => {
      const others = manifest.sessions.filter((other) => other.session !== session.session);
      const sessions = withSeals(folder, [...others, session], session);
      manifest = { ...manifest, sessions };
      const { runs } = manifest;
      const written: Manifest = { label, ...(runs === undefined ? {} : { runs }), sessions };
      try {
        // On disk before it has the name: a machine that goes down in between leaves the one or the other whole.
        writeFileSync(`${file}.tmp`, `${JSON.stringify(written, null, 2)}\n`, { flush: true });
        renameSync(`${file}.tmp`, file);
      } catch (cause) {
        rmSync(`${file}.tmp`, { force: true });
        throw new Error(`${file} could not be written (${(cause as Error).message}); its previous content is intact`, { cause });
      }
    },
  };
}

/** Rows are read by the one header of their file: one that an older version wrote has no place for what is measured now. */
function refuseOtherHeader(text: string, header: string, file: string): void {
  const expected = header.trimEnd().split(",");
  const there = (text.replace(/^\uFEFF/, "").match(/^.*/)?.[0] ?? "").split(",");
  if (there.join() === expected.join()) return;
  const lacking = expected.filter((column) => !there.includes(column));
  const what = lacking.length === 0 ? "its columns in another order" : `no column ${lacking.join(", ")}`;
  throw new MisuseError(
    `${file} has ${what}, so this version of tierbench cannot add rows to it: measure under a new label (analyze and compare read both), or add with the version that platform.json names`,
  );
}

/** A full disk can leave an empty file, which counts as none. */
const isEmpty = (file: string): boolean => !existsSync(file) || statSync(file).size === 0;

/** @returns whether it was made here, and not there before */
function make(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new Error(`${folder} cannot be made (${(error as Error).message}): give another folder with --out`, { cause: error });
  }
}

/** In the folder that is there: what is to be made in it may be refused, or not be possible at all (/proc). */
function tryToMake(folder: string): void {
  if (!existsSync(folder)) {
    if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined)
      throw new Error(`${folder} is a link to what is not there: make that folder, or give another with --out`);
    tryToMake(dirname(folder));
    return;
  }
  try {
    rmdirSync(mkdtempSync(join(folder, ".tierbench-")));
  } catch (cause) {
    throw new Error(`nothing can be made in ${folder} (${(cause as Error).message}): give another folder with --out`, { cause });
  }
}

/** Recursive mkdirSync never returns where no folder can be made, as in /proc (seen in Node 20.20). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  make(folder);
}

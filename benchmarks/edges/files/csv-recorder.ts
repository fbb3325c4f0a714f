/**
 * Appends rows to a platform's CSV as they happen. The rows of a trial are on disk whole, or not at all. What is written
 * there is checked before each row and at the end: a file that somebody removed, renamed, cut or unmounted ends the run.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pid } from "node:process";
import type { Table } from "../../../research/table.ts";
import type { TrialPlace } from "../../../research/tables/columns/trial-table.ts";
import type { Recorder } from "../../design/ports.ts";

interface CsvRecorder<R extends Pick<TrialPlace, "trial" | "session">> extends Recorder<R> {
  /** @throws Error that says where the rows are, when they are not in the file; also after disposal */
  readonly check: () => void;
}

/**
 * @param session number of the session that the rows belong to
 * @param lastTrial number of the last trial that is there already, 0 for none
 * @throws Error when the file cannot be written
 */
export function openCsvRecorder<R extends Pick<TrialPlace, "trial" | "session">>(
  table: Table<R>,
  file: string,
  session: number,
  lastTrial: number,
): CsvRecorder<R> {
  let trial = lastTrial;
  const descriptor = openSync(file, "a");
  /** The file's expected content, and its size in bytes. */
  let content = readFileSync(file, "utf8");
  let size = fstatSync(descriptor).size;
  const append = (lines: string): void => {
    appendWhole(descriptor, lines, file, trial);
    content += lines;
    size += Buffer.byteLength(lines);
  };
  if (content === "") append(table.header);
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  let problem: Error | undefined;
  let isOpen = true;
  const check = (): void => {
    if (problem !== undefined) throw problem;
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    const isSame = found?.dev === dev && found.ino === ino;
    if (isSame && found.size === BigInt(size)) return;
    const what = isSame
      ? `was changed by another program (${found.size} bytes, expected ${size})`
      : `was ${found === undefined ? "removed, renamed or unmounted" : "replaced by another"}`;
    problem = new Error(
      `${file} ${what} while its rows were being recorded; ${whereabouts(descriptor, isOpen, isSame)}${keep(file, content)}`,
    );
    throw problem;
  };
  return {
    record: (...rows) => {
      check();
      trial += 1;
      append(rows.map((row) => table.formatRow({ trial, session, ...row } as unknown as R)).join(""));
    },
    check,
    [Symbol.dispose]: () => {
      isOpen = false;
      closeSync(descriptor);
    },
  };
}

/** Where the file is now, if the kernel shows it (Linux). */
function whereabouts(descriptor: number, isOpen: boolean, isSame: boolean): string {
  if (!isOpen || isSame) return "";
  try {
    const path = readlinkSync(`/proc/self/fd/${descriptor}`);
    return existsSync(path) ? `it is ${path} now; ` : "";
  } catch {
    return "";
  }
}

/** Writes all rows again, beside the file where possible. */
function keep(file: string, content: string): string {
  for (const folder of [dirname(file), tmpdir()]) {
    const copy = join(folder, `${basename(file)}.rescued-${pid}`);
    try {
      writeFileSync(copy, content, { flag: "wx" });
      return `all its rows, those of earlier sessions included, are in ${copy}`;
    } catch {
      // The folder may be gone, or full.
    }
  }
  return "its rows could not be written anywhere else";
}

function appendWhole(descriptor: number, line: string, file: string, trial: number): void {
  const before = fstatSync(descriptor).size;
  const bytes = Buffer.from(line);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    fdatasyncSync(descriptor);
  } catch (cause) {
    // Half a row would make the whole file unreadable.
    ftruncateSync(descriptor, before);
    const reason = (cause as NodeJS.ErrnoException).code === "ENOSPC" ? "the disk is full" : (cause as Error).message;
    throw new Error(
      `${file}: trial ${trial} could not be recorded: ${reason}; the rows before it are complete: go on with --resume`,
      { cause },
    );
  }
}

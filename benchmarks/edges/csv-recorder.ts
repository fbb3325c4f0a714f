/** Appends rows to a platform's CSV as they happen. A row is on disk whole, or not at all. */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { type StartupRow, startupTable } from "../../research/tables.ts";
import type { Recorder } from "../ports.ts";

/**
 * @param session number of the session that the rows belong to
 * @throws TableError when the file is there and is not a sound table; Error when it can not be written
 */
export function openCsvRecorder(file: string, session: number): Recorder {
  const known = existsSync(file) ? startupTable.parse(readFileSync(file, "utf8"), file) : undefined;
  let trial = known?.at(-1)?.trial ?? 0;
  const descriptor = openSync(file, "a");
  if (known === undefined) appendWhole(descriptor, startupTable.header, file, 0);
  return {
    record: (row) => {
      trial += 1;
      const full: StartupRow = { trial, session, ...row };
      appendWhole(descriptor, startupTable.formatRow(full), file, trial);
    },
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}

function appendWhole(descriptor: number, line: string, file: string, trial: number): void {
  const before = fstatSync(descriptor).size;
  const bytes = Buffer.from(line);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (cause) {
    // Half a row would make the whole file unreadable.
    ftruncateSync(descriptor, before);
    const reason = (cause as NodeJS.ErrnoException).code === "ENOSPC" ? "the disk is full" : (cause as Error).message;
    throw new Error(
      `${file}: trial ${trial} could not be recorded: ${reason}; the rows before it are whole, go on with --append`,
      { cause },
    );
  }
}

/** Appends rows to a platform's CSV as they happen. The rows of a trial are on disk whole, or not at all. */
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { Table } from "../../../research/table.ts";
import type { TrialPlace } from "../../../research/tables/columns/trial-table.ts";
import type { Recorder } from "../../design/ports.ts";

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
): Recorder<R> {
  let trial = lastTrial;
  const descriptor = openSync(file, "a");
  if (fstatSync(descriptor).size === 0) appendWhole(descriptor, table.header, file, 0);
  return {
    record: (...rows) => {
      trial += 1;
      const lines = rows.map((row) => table.formatRow({ trial, session, ...row } as unknown as R));
      appendWhole(descriptor, lines.join(""), file, trial);
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
    fdatasyncSync(descriptor);
  } catch (cause) {
    // Half a row would make the whole file unreadable.
    ftruncateSync(descriptor, before);
    const reason = (cause as NodeJS.ErrnoException).code === "ENOSPC" ? "the disk is full" : (cause as Error).message;
    throw new Error(
      `${file}: trial ${trial} could not be recorded: ${reason}; the rows before it are complete; continue with --append`,
      { cause },
    );
  }
}

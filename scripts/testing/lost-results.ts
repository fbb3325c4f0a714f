/** A results file that is lost while a run writes into it. */
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { startupTable } from "../../research/tables/startup.ts";
import { begin, errorLines } from "./command.ts";

export const moveFolder = (folder: string): void => renameSync(folder, `${folder}-moved`);

/** The run stops at the next row, is not complete, and says where all its rows are. @param lose what happens to its folder */
export async function expectRowsElsewhere(
  run: readonly string[],
  folder: string,
  lose: (folder: string) => void,
  message: RegExp,
): Promise<void> {
  const { ended, errors } = begin(run);
  await expect.poll(errors, { timeout: 60_000 }).toContain("block 1/");
  const before = startupTable.parse(readFileSync(join(folder, "startup.csv"), "utf8"), folder);
  lose(folder);
  const end = await ended;
  expect(end.code).toBe(1);
  expect(end.stderr).not.toContain("complete");
  const said = errorLines(end).join();
  expect(said).toMatch(message);
  const copy = /are in (\S+)$/m.exec(said)?.[1] ?? "nowhere";
  const rows = startupTable.parse(readFileSync(copy, "utf8"), copy);
  expect(rows.slice(0, before.length)).toEqual(before);
  rmSync(copy);
}

/** A copy of a committed platform that somebody edits by hand, and seals anew so that its checksums fit. */
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sealSessions } from "../../research/csv/seal.ts";
import type { Manifest } from "../../research/manifest.ts";
import { FILES } from "../../research/tables/catalogue.ts";
import { committedResults } from "../edges/repository.ts";

export interface Editable {
  /** Its lines, the header first. */
  readonly table: (name: string, edit: (lines: string[]) => readonly string[]) => void;
  /** One cell, by the name of its column; lines count from 1, the header counted. */
  readonly cell: (name: string, line: number, column: string, to: (cell: string) => string) => void;
  // biome-ignore lint/suspicious/noExplicitAny: whatever a hand may write
  readonly manifest: (edit: (manifest: any) => void) => void;
}

/** @param folder does not exist yet */
export function editedCopy(label: string, folder: string, edit: (files: Editable) => void): void {
  cpSync(join(committedResults(), label), folder, { recursive: true });
  const file = join(folder, "platform.json");
  const manifest = (change: (manifest: never) => void): void => {
    const json = JSON.parse(readFileSync(file, "utf8")) as never;
    change(json);
    writeFileSync(file, JSON.stringify(json));
  };
  const table: Editable["table"] = (name, change) => {
    const csv = join(folder, `${name}.csv`);
    const lines = readFileSync(csv, "utf8").trimEnd().split("\n");
    writeFileSync(csv, `${change(lines).join("\n")}\n`);
  };
  edit({
    table,
    manifest,
    cell: (name, line, column, to) =>
      table(name, (lines) => {
        const cells = (lines[line - 1] ?? "").split(",");
        const place = (lines[0] ?? "").split(",").indexOf(column);
        return lines.with(line - 1, cells.with(place, to(cells[place] ?? "")).join(","));
      }),
  });
  manifest(({ sessions }: Manifest) => {
    const there = FILES.map(({ name }) => [name, join(folder, `${name}.csv`)] as const).filter(([, csv]) => existsSync(csv));
    const tables = new Map(there.map(([name, csv]) => [name, readFileSync(csv)]));
    const seals = sealSessions(
      tables,
      sessions.map(({ session }) => session),
      "session-end",
    );
    for (const session of sessions) session.seal = seals.get(session.session);
  });
}

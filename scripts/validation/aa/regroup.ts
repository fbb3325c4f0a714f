/** Some sessions of a platform's folder as the folder of a platform of their own, read again like any other. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest, Session } from "../../../research/manifest.ts";
import { parseManifest } from "../../../research/manifest.ts";
import { type StartupRow, startupTable } from "../../../research/tables/startup.ts";

export interface Measured {
  readonly manifest: Manifest;
  readonly rows: readonly StartupRow[];
}

export function readMeasured(folder: string, toolVersion: string): Measured {
  const [manifestFile, table] = [join(folder, "platform.json"), join(folder, "startup.csv")];
  const manifest = parseManifest(readFileSync(manifestFile, "utf8"), manifestFile, toolVersion);
  return { manifest, rows: [...startupTable.read([readFileSync(table, "utf8")], table)] };
}

export interface Regrouping {
  readonly label: string;
  readonly sessions: readonly number[];
  /** The platform that its rounds are shared with; without one they are as if nothing had been measured in turns. */
  readonly partner?: string;
  /** What every milestone of a start is multiplied by, where a slower platform is wanted. */
  readonly factor?: number;
}

/** @param place where the platforms' folders are @returns the folder */
export function writeGroup(place: string, measured: Measured, { label, sessions, partner, factor = 1 }: Regrouping): string {
  const folder = join(place, label);
  mkdirSync(folder, { recursive: true });
  const kept = new Set(sessions);
  const described = measured.manifest.sessions.filter(({ session }) => kept.has(session));
  writeFileSync(
    join(folder, "platform.json"),
    JSON.stringify({ label, sessions: described.map((session) => withPartner(session, partner)) } satisfies Manifest),
  );
  const rows = measured.rows.filter(({ session }) => kept.has(session));
  // Trials are numbered without a gap in every file.
  const lines = rows.map((row, index) => startupTable.formatRow({ ...scaled(row, factor), trial: index + 1 }));
  writeFileSync(join(folder, "startup.csv"), startupTable.header + lines.join(""));
  return folder;
}

function withPartner({ paired_with, round, ...session }: Session, partner: string | undefined): Session {
  return partner === undefined || round === undefined ? session : { ...session, round, paired_with: [partner] };
}

/** Offsets from the create request are all the times that a start has; its gap and its clock's error are not among them. */
function scaled(row: StartupRow, factor: number): StartupRow {
  if (factor === 1) return row;
  const cells = Object.entries(row).map(([column, value]) =>
    column.endsWith("_ns") && !FIXED.has(column) && typeof value === "number"
      ? [column, Math.round(value * factor)]
      : [column, value],
  );
  return Object.fromEntries(cells) as StartupRow;
}

const FIXED: ReadonlySet<string> = new Set(["started_unix_ns", "gap_ns", "clock_error_ns"]);

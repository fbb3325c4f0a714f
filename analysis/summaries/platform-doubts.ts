/** What the files of a platform give reason to doubt, beyond the warnings of its sessions. */
import type { Manifest } from "../../research/manifest.ts";
import type { Warning } from "../../research/warning.ts";
import type { Census } from "./census.ts";

/** Nothing here stops the analysis: the rows are good, but a reader should know. */
export const platformDoubts = (manifest: Manifest, census: Census): Warning[] => [
  ...unfinishedSessions(manifest),
  ...brokenNumbering(census),
  ...undescribed("session", census.sessions, new Set(manifest.sessions.map(({ session }) => session))),
  ...undescribed("image", census.images, new Set(manifest.sessions.flatMap(({ images }) => images.map(({ name }) => name)))),
];

function unfinishedSessions(manifest: Manifest): Warning[] {
  return manifest.sessions
    .filter((session) => session.ending !== "complete")
    .map(({ session, started, ending }) => ({
      summary: `session ${session} ended early, so its conditions have fewer trials than planned`,
      evidence: `started ${started}, ending: ${ending ?? "none recorded (still running, or killed)"}`,
      remedy: "add a session with --append, or read the intervals with their n",
    }));
}

function brokenNumbering({ outOfOrder }: Census): Warning[] {
  if (outOfOrder === null) return [];
  return [
    {
      summary: "the trials are not numbered 1, 2, 3 …: rows were removed, repeated, sorted or joined after the measurement",
      evidence: `row ${outOfOrder} of startup.csv does not follow the one before it`,
      remedy: "use the original file: the order of measurement is part of the data",
    },
  ];
}

/** Rows that speak of a session or an image of which platform.json says nothing. */
const undescribed = <T>(column: string, rows: ReadonlyMap<T, number>, described: ReadonlySet<T>): Warning[] =>
  [...rows]
    .filter(([value]) => !described.has(value))
    .map(([value, count]) => ({
      summary: `platform.json does not describe ${column} ${value}`,
      evidence: `${count} row${count === 1 ? "" : "s"} of startup.csv`,
      remedy: "keep the platform.json that was written with this startup.csv",
    }));

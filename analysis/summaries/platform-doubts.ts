/** What the files of a platform give reason to doubt, beyond the warnings of its sessions. */
import type { Manifest } from "../../research/manifest.ts";
import type { Warning } from "../../research/warning.ts";
import type { Census } from "./census.ts";

/** Nothing here stops the analysis: the rows are good, but a reader should know. */
export const platformDoubts = (manifest: Manifest, census: Census): Warning[] => [
  ...unfinishedSessions(manifest),
  ...brokenNumbering(census),
  ...doubtfulActs(census),
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

function doubtfulActs({ doubtful, firstDoubtful, bounded }: Census): Warning[] {
  const starts = (count: number): string => (count === 1 ? "1 start" : `${count} starts`);
  return [
    ...(firstDoubtful === null
      ? []
      : [
          {
            summary: `${starts(doubtful)} probably acted later than the rows say, so that total and process are too short`,
            evidence: `row ${firstDoubtful.row} of startup.csv: ${firstDoubtful.doubt}`,
            remedy:
              "see how the entrypoint writes (tierbench trace IMAGE); rows without act_rule took any write to descriptor 1 for the act: measure them again",
          },
        ]),
    ...(bounded === 0
      ? []
      : [
          {
            summary: `${starts(bounded)} ended with an upper bound: the client's first byte, some milliseconds after the act at most`,
            evidence: "the kernel's trace leaves open which write reached the container's output first (act_rule client-bound)",
            remedy: "read their total and process as at most; a log file that is a link to /dev/stderr is a usual cause",
          },
        ]),
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

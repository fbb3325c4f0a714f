/** What the files of a platform give reason to doubt, beyond the warnings of its sessions. */
import type { Manifest } from "../../research/manifest.ts";
import type { Warning } from "../../research/warning.ts";
import type { Census } from "../subjects/measured-table.ts";
import type { Source } from "../subjects/platform.ts";

/** Nothing here stops the analysis: the rows are good, but a reader should know. */
export function platformDoubts(source: Source): Warning[] {
  if (!("manifest" in source)) return [];
  const { sessions } = source.manifest;
  const described = {
    sessions: new Set(sessions.map(({ session }) => session)),
    images: new Set(sessions.flatMap(({ images }) => images.map(({ name }) => name))),
  };
  return [
    ...[source, ...source.experiments].flatMap(({ altered }) => altered ?? []),
    ...unfinishedSessions(source.manifest),
    ...source.experiments.flatMap(({ file, experiment, content }) =>
      "problem" in content
        ? []
        : [
            ...brokenNumbering(file, content.census),
            ...doubtfulActs(file, content.census),
            ...undescribed(file, "session", content.census.sessions, described.sessions),
            ...undescribed(file, "image", content.census.images, described.images),
          ].map((doubt) => ({ ...doubt, summary: `${experiment}: ${doubt.summary}` })),
    ),
  ];
}

function unfinishedSessions(manifest: Manifest): Warning[] {
  return manifest.sessions
    .filter((session) => session.ending !== "complete")
    .map(({ session, started, ending }) => ({
      summary: `session ${session} ended early, so its conditions have fewer trials than planned`,
      evidence: `started ${started}, ending: ${ending ?? "none recorded (still running, or killed)"}`,
      remedy: "finish it with `tierbench run` and --resume, add a session with --append, or read the intervals with their n",
    }));
}

function brokenNumbering(file: string, { outOfOrder }: Census): Warning[] {
  if (outOfOrder === null) return [];
  return [
    {
      summary: "the trials are not numbered 1, 2, 3 …: rows were removed, repeated, sorted or joined after the measurement",
      evidence: `row ${outOfOrder} of ${file} does not follow the one before it`,
      remedy: "use the original file: the order of measurement is part of the data",
    },
  ];
}

function doubtfulActs(file: string, { doubtful, firstDoubtful, bounded }: Census): Warning[] {
  const starts = (count: number): string => (count === 1 ? "1 start" : `${count} starts`);
  return [
    ...(firstDoubtful === null
      ? []
      : [
          {
            summary: `${starts(doubtful)} probably acted later than the rows say, so that total and process are too short`,
            evidence: `row ${firstDoubtful.row} of ${file}: ${firstDoubtful.doubt}`,
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

/** Rows that name a session or an image which platform.json does not describe. */
const undescribed = <T>(file: string, column: string, rows: ReadonlyMap<T, number>, described: ReadonlySet<T>): Warning[] =>
  [...rows]
    .filter(([value]) => !described.has(value))
    .map(([value, count]) => ({
      summary: `platform.json does not describe ${column} ${value}`,
      evidence: `${count} row${count === 1 ? "" : "s"} of ${file}`,
      remedy: `keep the platform.json that was written with this ${file}`,
    }));

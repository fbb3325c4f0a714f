/** What the files of a platform give reason to doubt, beyond the warnings of its sessions. */
import type { Manifest } from "../../research/manifest.ts";
import type { Warning } from "../../research/warning.ts";
import type { Census } from "../subjects/measured-table.ts";
import type { Source } from "../subjects/platform.ts";
import { otherMachines } from "../validation/manifest/same-machine.ts";

/** Nothing here stops the analysis: the rows are good, but a reader should know. */
export function platformDoubts(source: Source): Warning[] {
  if (!("manifest" in source)) return [];
  return [
    ...[source, ...source.experiments].flatMap(({ altered }) => altered ?? []),
    ...unfinishedSessions(source.manifest),
    ...otherMachines(source.manifest.sessions).map(({ field, is, was, what }) => ({
      summary: what,
      evidence: `${was} then, ${is} now (${field} in platform.json)`,
      remedy: "measure it as a platform of its own, under another label, or read both sessions apart",
    })),
    ...source.experiments.flatMap(({ file, experiment, content }) =>
      "problem" in content
        ? []
        : doubtfulActs(file, content.census).map((doubt) => ({ ...doubt, summary: `${experiment}: ${doubt.summary}` })),
    ),
  ];
}

function unfinishedSessions(manifest: Manifest): Warning[] {
  return manifest.sessions
    .filter((session) => session.ending !== "complete")
    .map(({ session, started, ending }) => ({
      summary: `session ${session} ended early, so its conditions have fewer trials than planned`,
      evidence: `started ${started}, ending: ${ending ?? "none recorded (still running, or killed)"}`,
      remedy: "finish it by the same `tierbench run` with --resume",
    }));
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

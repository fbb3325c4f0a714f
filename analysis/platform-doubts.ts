/** What the files of a platform give reason to doubt, beyond the warnings of its sessions. */
import type { Warning } from "../research/warning.ts";
import type { Platform } from "./platform.ts";

/** Nothing here stops the analysis: the rows are good, but a reader should know. */
export const platformDoubts = (platform: Platform): Warning[] => [
  ...unfinishedSessions(platform),
  ...undescribed(platform, "session", new Set(platform.manifest.sessions.map((session) => String(session.session)))),
  ...undescribed(
    platform,
    "image",
    new Set(platform.manifest.sessions.flatMap((session) => session.images.map((image) => image.name))),
  ),
];

function unfinishedSessions({ manifest }: Platform): Warning[] {
  return manifest.sessions
    .filter((session) => session.ending !== "complete")
    .map(({ session, started, ending }) => ({
      summary: `session ${session} did not run to its end, so its conditions have fewer trials than planned`,
      evidence: `started ${started}, ending: ${ending ?? "none recorded (still running, or killed)"}`,
      remedy: "add a session with --append, or read the intervals with their n",
    }));
}

/** Rows that speak of a session or an image of which platform.json says nothing. */
function undescribed({ startup }: Platform, column: "session" | "image", described: ReadonlySet<string>): Warning[] {
  const unknown = new Map<string, number>();
  for (const row of startup) {
    const value = String(row[column]);
    if (!described.has(value)) unknown.set(value, (unknown.get(value) ?? 0) + 1);
  }
  return [...unknown].map(([value, rows]) => ({
    summary: `platform.json does not describe ${column} ${value}`,
    evidence: `${rows} row${rows === 1 ? "" : "s"} of startup.csv`,
    remedy: "keep the platform.json that was written with this startup.csv",
  }));
}

/** The seals of a platform's folder: made when a session ends, and looked at before anything is added. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenSeals, isSealed, sealedLengths, sealSessions, sumUp } from "../../../research/csv/seal.ts";
import type { Session } from "../../../research/manifest.ts";
import { MisuseError } from "../../../research/misuse.ts";
import { FILES } from "../../../research/tables/catalogue.ts";

const tablesIn = (folder: string): Map<string, Buffer> =>
  new Map(
    FILES.map(({ name }) => [name, join(folder, `${name}.csv`)] as const)
      .filter(([, file]) => existsSync(file))
      .map(([name, file]) => [name, readFileSync(file)]),
  );

/**
 * A session that has ended is sealed, however it ended; one that goes on is not. Whoever was killed before it could seal its
 * session has it sealed by the next one.
 * @param saved the session that is being saved, among `sessions`
 */
export function withSeals(folder: string, sessions: readonly Session[], saved: Session): Session[] {
  const open = sessions.map((session) => (session.session === saved.session ? withoutSeal(session) : session));
  if (saved.ended === null) return open;
  const unsealed = open.flatMap(({ session, seal }) => (seal === undefined ? [session] : []));
  const tables = tablesIn(folder);
  const [own, others] = [sealSessions(tables, [saved.session], "session-end"), sealSessions(tables, unsealed, "later")];
  return open.map((session) => {
    const seal = own.get(session.session) ?? others.get(session.session);
    return seal === undefined ? session : { ...session, seal };
  });
}

function withoutSeal({ seal: _, ...session }: Session): Session {
  return session;
}

/** @throws MisuseError when a table is not as its sessions left it */
export function refuseEdited(folder: string, sessions: readonly Session[]): void {
  const found = new Map([...tablesIn(folder)].map(([name, bytes]) => [name, sumUp([bytes], sealedLengths(sessions, name))]));
  const [broken] = brokenSeals(sessions, found);
  if (broken === undefined) return;
  throw new MisuseError(
    `${join(folder, broken.table)}.csv is not as it was measured (${broken.what}), so nothing is added to it: restore the file, or measure under a new label`,
  );
}

/** @throws MisuseError for a folder that was not measured by tierbench, and for sessions without a seal */
export function refuseUnsealed(folder: string, sessions: readonly Session[]): void {
  if (sessions.length === 0) {
    const other = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith(".csv")) : undefined;
    if (other === undefined) return;
    throw new MisuseError(
      `${folder} has ${other} and no platform.json: in the study's format, or without its description; nothing is added to it: measure under a new label`,
    );
  }
  if (isSealed(sessions)) return;
  const open = sessions.filter(({ seal }) => seal === undefined);
  const killed = open.some(({ ended }) => ended === null);
  const numbers = open.map(({ session }) => session).join(", ");
  const advice = killed ? "finish it with --resume, seal it as it is" : "seal it as it is";
  throw new MisuseError(
    `${folder}: session ${numbers} has no seal ${killed ? "(it was killed)" : "(it was measured before there were seals)"}, so that nobody can tell whether its rows are as they were measured: ${advice} with \`tierbench platform seal\`, or measure under a new label`,
  );
}

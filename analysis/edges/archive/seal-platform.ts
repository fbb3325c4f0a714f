/** Seals what was measured before there were seals, or by a run that was killed: the one edit that a platform.json may get. */
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brokenSeals, sealSessions } from "../../../research/csv/seal.ts";
import { parseManifest } from "../../../research/manifest.ts";
import { FILES } from "../../../research/tables/catalogue.ts";
import { readBytes, readText } from "../reading/read-text.ts";
import { foundTables } from "../reading/table-file.ts";

/**
 * @returns the numbers of the sessions that were sealed now; none where all were
 * @throws Error where a seal is broken already
 */
export function sealPlatform(folder: string, toolVersion: string): readonly number[] {
  const file = join(folder, "platform.json");
  const text = readText(file, "only platforms that `tierbench run` measured are sealed");
  const { sessions } = parseManifest(text, file, toolVersion);
  const [broken] = brokenSeals(sessions, foundTables(folder, sessions));
  if (broken !== undefined)
    throw new Error(`${join(folder, broken.table)}.csv: ${broken.what}; restore the file: what was edited is not sealed anew`);
  const open = sessions.flatMap(({ session, seal }) => (seal === undefined ? [session] : []));
  if (open.length === 0) return open;
  const tables = new Map(
    FILES.map(({ name }) => [name, join(folder, `${name}.csv`)] as const)
      .filter(([, path]) => existsSync(path))
      .map(([name, path]) => [name, readBytes(path)]),
  );
  const seals = sealSessions(tables, open, "later");
  // Every field is kept as it stands there; a seal is only added.
  const json = JSON.parse(text) as { sessions: { session: number }[] };
  const sealed = json.sessions.map((session) =>
    seals.has(session.session) ? { ...session, seal: seals.get(session.session) } : session,
  );
  writeFileSync(`${file}.tmp`, `${JSON.stringify({ ...json, sessions: sealed }, null, 2)}\n`);
  renameSync(`${file}.tmp`, file);
  return open;
}

/**
 * The users of the private engine: the last of them stops it. A user is a file named by its owner
 * token beside the engine's socket; the file of a process that died does not count.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ownerToken, tokenState } from "../host/owner.ts";

/** Present when tierbench started the engine; one that was started by hand is stopped by hand. */
const STARTED_BY_US = "started-by-tierbench";

/** Whether a run that was killed left it: it was started for one, and nobody uses it any more. */
export function isAbandoned(folder: string): boolean {
  const users = join(folder, "users");
  return existsSync(join(users, STARTED_BY_US)) && othersIn(users).length === 0;
}

const othersIn = (users: string): string[] =>
  readdirSync(users).filter((name) => ["alive", "elsewhere"].includes(tokenState(name) ?? "none"));

/**
 * @param folder of the engine's socket
 * @param wasRunning whether somebody had started the engine already
 * @returns takes this process off the list again, and tells whether the engine is to be stopped now
 */
export function joinEngineUsers(folder: string, wasRunning: boolean): () => boolean {
  const users = join(folder, "users");
  mkdirSync(users, { recursive: true });
  const mark = join(users, STARTED_BY_US);
  if (!wasRunning) writeFileSync(mark, "");
  const own = join(users, ownerToken);
  writeFileSync(own, "");
  return () => {
    rmSync(own, { force: true });
    if (othersIn(users).length > 0 || !existsSync(mark)) return false;
    rmSync(users, { recursive: true, force: true });
    return true;
  };
}

/** A lock on a folder that outlives no process: a file that names its holder, whose death ends it. */
import { createHash } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, ownerToken } from "../host/owner.ts";

const LOCK = ".lock";
/** `.lock.after.X` names who follows X, who died as the holder. */
const AFTER = ".lock.after.";

/**
 * Takes the folder's lock. Of any number of processes that try at once exactly one gets it, also where a lock was left by a
 * process that died.
 *
 * A link is made with its content or not at all, and by one process alone: to the lock where there is none, else to the
 * name of who follows the dead holder. Whoever has made the latter is alone in replacing the lock, unless it was replaced
 * before the link was made, which shows afterwards.
 * @returns what gives it back; `undefined` when a process that is alive holds it
 * @throws Error when the folder cannot be written to
 */
export function lockFolder(folder: string): Disposable | undefined {
  const lock = join(folder, LOCK);
  const ours = join(folder, `.lock-of.${ownerToken}`);
  writeFileSync(ours, ownerToken);
  try {
    for (;;) {
      const holders = holdersOf(folder);
      const last = holders.at(-1);
      if (last === undefined) {
        if (!link(ours, lock)) continue;
      } else {
        if (isAlive(last)) return undefined;
        const after = join(folder, AFTER + nameOf(last));
        if (!link(ours, after)) continue;
        if (!isSame(holdersOf(folder), [...holders, ownerToken])) {
          rmSync(after, { force: true });
          continue;
        }
        renameSync(ours, lock);
        for (const name of readdirSync(folder)) if (name.startsWith(AFTER)) rmSync(join(folder, name), { force: true });
      }
      return { [Symbol.dispose]: () => rmSync(lock, { force: true }) };
    }
  } finally {
    rmSync(ours, { force: true });
  }
}

/** Whoever the lock names, then who follows that one, and so on; nobody where there is no lock. */
function holdersOf(folder: string): readonly string[] {
  const holders: string[] = [];
  for (let next = read(join(folder, LOCK)); next !== undefined && !holders.includes(next); ) {
    holders.push(next);
    next = read(join(folder, AFTER + nameOf(next)));
  }
  return holders;
}

/** Of a holder as it may be in a file's name: what the lock holds is data from outside. */
const nameOf = (holder: string): string => createHash("sha256").update(holder).digest("hex").slice(0, 16);

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((holder, index) => holder === b[index]);

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** @returns whether it was made, and not there before */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

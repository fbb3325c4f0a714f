/** One host, one measurement at a time: two would each take the processors and the disk from the other's starts. */
import { statSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { MisuseError } from "../../../research/misuse.ts";
import type { Leftover } from "../files/leftover.ts";
import { sweepLock, takeLock } from "../files/lock.ts";

const NAME = "tierbench.measuring";
/** Where every user may write but not remove files of others; the first is emptied at each boot. */
const PLACES = ["/run/lock", "/tmp"] as const;
const STICKY_FOR_ALL = 0o1002;

/** @throws MisuseError when the folder that was chosen for the lock is none */
export function checkLockFolder(): void {
  const { TIERBENCH_LOCK_FOLDER: chosen } = env;
  if (chosen !== undefined && statSync(chosen, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new MisuseError(
      `TIERBENCH_LOCK_FOLDER names ${JSON.stringify(chosen)}, which is no folder: make it, or leave the variable out`,
    );
}

/**
 * Takes this host for a measurement.
 * @param what is measured, for others to read
 * @throws Error that says who measures
 * @throws MisuseError when the folder that was chosen for its lock is none
 */
export function holdHost(what: string): Disposable {
  checkLockFolder();
  const file = lockFile();
  const lock = takeLock(file, `${what}, by ${userName()}, since ${new Date().toISOString()}`);
  if (!("holder" in lock)) return lock;
  const { name, note, state } = lock.holder;
  const id = name.split(".")[0];
  throw new Error(
    `this host is being measured by process ${id} (${note}), and two measurements at once would disturb each other: wait until it ends${
      state === "elsewhere" ? `; it runs in another container; if it is over, remove ${file}` : ""
    }`,
  );
}

/** The lock of a run that is gone. */
export const sweepHostLock = (): Generator<Leftover> => sweepLock(lockFile());

/** TIERBENCH_LOCK_FOLDER: where containers that measure on one host share a folder, as each has a /run of its own. */
const lockFile = (): string => join(env.TIERBENCH_LOCK_FOLDER ?? PLACES.find(isForAll) ?? "/tmp", NAME);

function isForAll(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && (found.mode & STICKY_FOR_ALL) === STICKY_FOR_ALL;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "a user without a name";
  }
}

/** A lock that does not outlive its process: a file that names its holder, also across users. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { getuid } from "node:process";
import { atExit } from "../at-exit.ts";
import { type OwnerState, owner, ownerState, ownerToken, tokenState } from "../host/owner.ts";
import type { Leftover } from "./leftover.ts";

const READABLE_FOR_ALL = 0o644;
const STICKY = 0o1000;

export interface Holder {
  /** As {@link owner}; a bare token in the locks of versions before 0.2. */
  readonly name: string;
  readonly state: OwnerState;
  /** What it said of itself: data from outside. */
  readonly note: string;
}

/** The lock is ours until it is disposed of. */
export type Lock = Disposable | { readonly holder: Holder };

/**
 * Takes a lock. Of any number of processes that try at once exactly one gets it, also where it was left by a process that
 * died.
 *
 * A link is made with its content or not at all, and by one process alone: to the lock where there is none, else to the
 * name of who follows the dead holder, LOCK.after.X. The process that made the latter alone may replace the lock, unless it
 * was replaced before the link was made, which shows afterwards. In a folder where nobody may remove the files of another
 * user (sticky, as /run/lock), the lock of a dead process stays, and its successor holds it by that link.
 * @param note what the holder tells others, one line
 * @throws Error when its folder cannot be written to
 */
export function takeLock(lock: string, note = ""): Lock {
  const folder = dirname(lock);
  const ours = `${lock}-of.${ownerToken}`;
  // What lies there was left by ourselves; exclusively, as others may write into the folder, a link to anywhere included.
  rmSync(ours, { force: true });
  writeFileSync(ours, `${owner}\n${note}\n`, { flag: "wx" });
  chmodSync(ours, READABLE_FOR_ALL);
  try {
    for (;;) {
      const holders = holdersOf(lock);
      const last = holders.at(-1);
      if (last === undefined) {
        if (!link(ours, lock)) continue;
        return heldBy(lock);
      }
      if (last.state !== "gone") return { holder: last };
      const after = `${lock}.after.${nameOf(last.name)}`;
      if (!link(ours, after)) continue;
      if (!isSame(holdersOf(lock), [...holders.map(({ name }) => name), owner])) {
        rmSync(after, { force: true });
        continue;
      }
      if (!unlessForbidden(() => renameSync(ours, lock))) return heldBy(after);
      for (const name of readdirSync(folder))
        if (name.startsWith(`${basename(lock)}.after.`)) unlessForbidden(() => rmSync(join(folder, name), { force: true }));
      return heldBy(lock);
    }
  } finally {
    rmSync(ours, { force: true });
  }
}

/** Released with the process, too, where an interrupt does not wait for its owner. */
function heldBy(file: string): Disposable {
  const release = (): void => rmSync(file, { force: true });
  const callOff = atExit(release);
  return {
    [Symbol.dispose]: () => {
      callOff();
      release();
    },
  };
}

/** A lock whose holder is gone, and what was left by one that died while it took it; harmless, as the next one takes it over. */
export function* sweepLock(lock: string): Generator<Leftover> {
  // By taking it over: somebody else may have done so meanwhile, whose it is then.
  const release = async (): Promise<void> => {
    const taken = takeLock(lock);
    if (!("holder" in taken)) taken[Symbol.dispose]();
  };
  const what = `lock ${lock}`;
  if (holdersOf(lock).at(-1)?.state === "gone")
    yield mayRemove(lock)
      ? { what, remove: release }
      : { what, kept: "its run is gone; only its user may remove it, and the next run takes it over all the same" };
  const prefix = `${basename(lock)}-of.`;
  if (!existsSync(dirname(lock))) return;
  for (const name of readdirSync(dirname(lock))) {
    if (!name.startsWith(prefix) || tokenState(name.slice(prefix.length)) !== "gone") continue;
    const file = join(dirname(lock), name);
    yield { what: `lock ${file}`, remove: async () => rmSync(file, { force: true }) };
  }
}

/** Whether the folder lets this user remove what others put there: a sticky one does not. */
function mayRemove(file: string): boolean {
  const [user, found, folder] = [getuid?.(), lstatSync(file, { throwIfNoEntry: false }), statSync(dirname(file))];
  return (folder.mode & STICKY) === 0 || user === 0 || user === folder.uid || user === (found?.uid ?? user);
}

/** The holder that the lock names, then its successor, and so on. */
function holdersOf(lock: string): readonly Holder[] {
  const holders: Holder[] = [];
  for (let next = read(lock); next !== undefined; ) {
    const [name = "", note = ""] = next.split("\n");
    if (holders.some((holder) => holder.name === name)) break;
    holders.push({ name, note, state: stateOf(name) });
    next = read(`${lock}.after.${nameOf(name)}`);
  }
  return holders;
}

/** A lock that names nobody, such as one truncated by a full disk, is free. */
const stateOf = (name: string): OwnerState => (name.includes("@") ? ownerState(name) : (tokenState(name) ?? "gone"));

/** Of a holder as it may be in a file's name: what the lock holds is data from outside. */
const nameOf = (holder: string): string => createHash("sha256").update(holder).digest("hex").slice(0, 16);

const isSame = (a: readonly Holder[], b: readonly string[]): boolean =>
  a.length === b.length && a.every(({ name }, index) => name === b[index]);

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

/** @returns whether it was done: another user's file in a sticky folder is not ours to replace */
function unlessForbidden(change: () => void): boolean {
  try {
    change();
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPERM" || code === "EACCES") return false;
    throw error;
  }
}

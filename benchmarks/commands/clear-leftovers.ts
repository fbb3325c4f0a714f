/** Removes what runs left that are gone, of this host and of an engine, telling each thing as it goes. */
import type Docker from "dockerode";
import { sweepEngine } from "../edges/engine/sweep.ts";
import type { Leftover } from "../edges/files/leftover.ts";
import { sweepTemporaryFolders } from "../edges/files/temporary-folders.ts";
import { sweepHostLock } from "../edges/host/host-lock.ts";
import { sweepInstances, sweepMount } from "../edges/probe/tracefs.ts";
import { sweepLaunchFolders } from "../edges/programs/launch-folder.ts";

type Print = (line: string) => void;

export interface Cleared {
  readonly removed: number;
  readonly failed: number;
}

/** What is left where. Leftovers of others are mentioned only on the engine, where they can disturb. */
const ON_THIS_HOST: readonly (() => Iterable<Leftover>)[] = [
  sweepLaunchFolders,
  sweepInstances,
  sweepMount,
  sweepTemporaryFolders,
  sweepHostLock,
];

/** @throws the signal's reason when it is aborted */
export function clearHost(
  signal: AbortSignal,
  print: Print,
  complain: Print,
  more: readonly (() => Iterable<Leftover>)[] = [],
): Promise<Cleared> {
  function* all() {
    for (const leftovers of [...ON_THIS_HOST, ...more]) yield* leftovers();
  }
  return clear(all(), signal, print, complain);
}

/** The same of an engine. */
export const clearEngine = (docker: Docker, signal: AbortSignal, print: Print, complain: Print): Promise<Cleared> =>
  clear(sweepEngine(docker), signal, print, complain);

async function clear(
  leftovers: Iterable<Leftover> | AsyncIterable<Leftover>,
  signal: AbortSignal,
  print: Print,
  complain: Print,
): Promise<Cleared> {
  const count = { removed: 0, failed: 0 };
  for await (const leftover of leftovers) {
    signal.throwIfAborted();
    if ("kept" in leftover) {
      print(`left alone: ${leftover.what} (${leftover.kept})`);
      continue;
    }
    try {
      await leftover.remove();
      count.removed += 1;
      print(`removed ${leftover.what}`);
    } catch (error) {
      count.failed += 1;
      complain(`not removed: ${leftover.what}: ${(error as Error).message}`);
    }
  }
  return count;
}

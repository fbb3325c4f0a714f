/** `sweep`: removes what an interrupted run left behind, and nothing else. */
import { findEngine } from "../edges/engine/find-engine.ts";
import { sweepEngine } from "../edges/engine/sweep.ts";
import type { Leftover } from "../edges/files/leftover.ts";
import { sweepTemporaryFolders } from "../edges/files/temporary-folders.ts";
import { sweepHostLock } from "../edges/host/host-lock.ts";
import { sweepInstances, sweepMount } from "../edges/probe/tracefs.ts";
import { sweepLaunchFolders } from "../edges/programs/launch-folder.ts";
import { say } from "./engine-options.ts";

/** What is left where. Which of it are another's is told of the engine alone, as only there can it be in the way. */
const ON_THIS_HOST: readonly (() => Iterable<Leftover>)[] = [
  sweepLaunchFolders,
  sweepInstances,
  sweepMount,
  sweepTemporaryFolders,
  sweepHostLock,
];

/**
 * The host's own leftovers go first: an engine that does not answer keeps nobody from them. Each thing is told as it goes.
 * @throws Error when something could not be removed, or the engine not be asked
 */
export async function sweep(
  options: { readonly engine: string | undefined },
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const count = { removed: 0, failed: 0 };
  const clear = async (leftover: Leftover): Promise<void> => {
    signal.throwIfAborted();
    if ("kept" in leftover) return print(`left alone: ${leftover.what} (${leftover.kept})`);
    try {
      await leftover.remove();
      count.removed += 1;
      print(`removed ${leftover.what}`);
    } catch (error) {
      count.failed += 1;
      say(`not removed: ${leftover.what}: ${(error as Error).message}`);
    }
  };
  for (const leftovers of ON_THIS_HOST) for (const leftover of leftovers()) await clear(leftover);
  await using found = await findEngine(options.engine, false, say, signal).catch((cause: Error) => {
    if (signal.aborted) throw cause;
    throw new Error(`this host was swept, its engine was not: ${cause.message}`, { cause });
  });
  for await (const leftover of sweepEngine(found.engine.docker)) await clear(leftover);
  if (count.failed > 0) throw new Error(`${count.failed} of what an interrupted run left could not be removed: see above`);
  if (count.removed === 0) print("nothing to sweep");
}

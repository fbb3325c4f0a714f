/** `sweep`: removes what an interrupted run left behind, and nothing else. */
import { findEngine } from "../edges/engine/find-engine.ts";
import { sweepPlatformLocks } from "../edges/files/platform-lock.ts";
import { clearEngine, clearHost } from "./clear-leftovers.ts";
import { say } from "./engine-options.ts";

/**
 * The host's own leftovers go first: an engine that does not answer must not prevent that. Each removal is printed.
 * @throws Error when something could not be removed, or the engine did not answer
 */
export async function sweep(
  options: { readonly engine: string | undefined; readonly out: string },
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const host = await clearHost(signal, print, say, [() => sweepPlatformLocks(options.out)]);
  await using found = await findEngine(options.engine, false, say, signal).catch((cause: Error) => {
    if (signal.aborted) throw cause;
    throw new Error(`this host was swept, its engine was not: ${cause.message}`, { cause });
  });
  const engine = await clearEngine(found.engine.docker, signal, print, say);
  const failed = host.failed + engine.failed;
  if (failed > 0) throw new Error(`${failed} of what an interrupted run left could not be removed: see above`);
  if (host.removed + engine.removed === 0) print("Nothing to sweep.");
}

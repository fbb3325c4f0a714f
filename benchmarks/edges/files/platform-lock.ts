/** The lock of a platform's folder: only one run writes into it. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MisuseError } from "../../../research/misuse.ts";
import type { Leftover } from "./leftover.ts";
import { sweepLock, takeLock } from "./lock.ts";

const NAME = ".lock";

/** @throws MisuseError when another run holds it */
export function lockPlatform(folder: string, label: string): Disposable {
  const file = join(folder, NAME);
  const lock = takeLock(file);
  if (!("holder" in lock)) return lock;
  const { name, state } = lock.holder;
  const stale =
    state === "elsewhere" ? `; it names ${JSON.stringify(name.slice(0, 80))}: if that run is over, remove ${file}` : "";
  throw new MisuseError(
    `platform ${label} is being measured by another run: wait until it ends, or choose another label${stale}`,
  );
}

/** The locks in a folder of platforms whose runs are gone. */
export function* sweepPlatformLocks(results: string): Generator<Leftover> {
  if (!existsSync(results)) return;
  for (const entry of readdirSync(results, { withFileTypes: true }))
    if (entry.isDirectory()) yield* sweepLock(join(results, entry.name, NAME));
}

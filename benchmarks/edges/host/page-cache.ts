/** Cold starts: the host's page cache is dropped, and the image's files are verified to have left it. */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { getuid } from "node:process";
import type { PageCache } from "../../design/ports.ts";
import type { ImageFiles } from "../images/image-files.ts";
import type { Path } from "../images/layer-folders.ts";
import type { Sidecar } from "../probe/sidecar.ts";
import { residency } from "./residency.ts";

const DROP_CACHES = "/proc/sys/vm/drop_caches";
/** Page cache, dentries and inodes (Documentation/admin-guide/sysctl/vm.rst). */
const DROP_ALL = "3";
const ATTEMPTS = 3;
/** The largest files stand for the image: the shell, the C library, the interpreter are among them. */
const WITNESSES = 64;

export const UNSEEN_BY_SIDECAR =
  "a helper on the engine's host writes to drop_caches; it cannot check whether pages of the image stay in memory";

/** Why cold starts cannot be measured here, with what to do; `undefined` when they can. */
export function coldProblem(engineIsLocal: boolean): string | undefined {
  if (!engineIsLocal)
    return "the engine runs on another kernel, whose page cache is out of reach: run tierbench on the engine's host";
  if (getuid?.() !== 0) return "dropping the page cache needs root: run as root";
  try {
    closeSync(openSync(DROP_CACHES, "w"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return `there is no ${DROP_CACHES} here`;
    return `${DROP_CACHES} cannot be opened for writing (${code}): /proc/sys is read-only here (a container?), run on the host itself`;
  }
  try {
    execFileSync("fincore", ["--version"], { stdio: "pipe" });
  } catch {
    return "fincore, which shows that a file has left the page cache, is missing: install util-linux";
  }
  return undefined;
}

/**
 * @param sidecar drops the cache of an engine's host that is out of reach
 * @param images references of the images; their layers must lie in folders of this machine, or a start could not be
 *   shown to be cold
 * @returns why cold starts cannot be measured here, when they cannot
 */
export async function openPageCache(
  imageFiles: ImageFiles,
  engineIsLocal: boolean,
  images: Iterable<string>,
  sidecar: Sidecar | undefined,
): Promise<PageCache | { problem: string }> {
  const problem = coldProblem(engineIsLocal);
  if (problem !== undefined) return sidecar === undefined ? { problem } : droppedThrough(sidecar);
  const witnesses = new Map<string, readonly Path[]>();
  try {
    for (const image of images) witnesses.set(image, await imageFiles.of(image, WITNESSES));
  } catch (error) {
    return { problem: (error as Error).message };
  }
  return {
    unseen: undefined,
    drop: async (image) => {
      const files = witnesses.get(image);
      if (files === undefined) throw new Error(`no files of image ${image} are known`);
      let resident = 0;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        execFileSync("sync"); // dirty pages cannot be dropped
        writeFileSync(DROP_CACHES, DROP_ALL);
        resident = residency(files).reduce((sum, bytes) => sum + bytes, 0);
        if (resident === 0) {
          // The check itself has cached folders and inodes: drop them, too.
          writeFileSync(DROP_CACHES, DROP_ALL);
          return;
        }
      }
      throw new Error(
        `${resident} bytes of image ${image} stay in the page cache after ${ATTEMPTS} attempts to drop it (a running container maps them?)`,
      );
    },
  };
}

/** The helper sees the host's cache dropped, but not the image's files, so it cannot tell that they have left it. */
const droppedThrough = (sidecar: Sidecar): PageCache => ({
  unseen: UNSEEN_BY_SIDECAR,
  drop: async () => {
    const { last } = await sidecar.ask("drop", (line) => line === "dropped" || line.startsWith("problem "));
    if (last !== "dropped") throw new Error(last.slice("problem ".length));
  },
});

/** Cold starts: the host's page cache is emptied, and the image's files are seen to have left it. */
import { execFileSync } from "node:child_process";
import { type Dirent, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getuid } from "node:process";
import type Docker from "dockerode";
import type { PageCache } from "../../design/ports.ts";
import type { Sidecar } from "../probe/sidecar.ts";

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
  if (!existsSync(DROP_CACHES)) return `there is no ${DROP_CACHES} here`;
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
  docker: Docker,
  engineIsLocal: boolean,
  images: Iterable<string>,
  sidecar: Sidecar | undefined,
): Promise<PageCache | { problem: string }> {
  const problem = coldProblem(engineIsLocal);
  if (problem !== undefined) return sidecar === undefined ? { problem } : droppedThrough(sidecar);
  const witnesses = new Map<string, readonly string[]>();
  for (const image of images) {
    const files = await witnessFiles(docker, image);
    if (files.length === 0)
      return {
        problem: `the files of image ${image} cannot be found on this machine (storage driver ${(await docker.info()).Driver}?)`,
      };
    witnesses.set(image, files);
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
        resident = residentBytes(files);
        if (resident === 0) {
          // Looking has read the folders and inodes of what was looked at: out with them, too.
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

async function witnessFiles(docker: Docker, image: string): Promise<string[]> {
  const files = await filesOf(docker, image);
  return files
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, WITNESSES)
    .map(({ path }) => path);
}

interface ImageFile {
  readonly path: string;
  readonly bytes: number;
}

/** The regular files of an image's layers, empty ones left out; none where they do not lie in folders of this machine. */
export async function filesOf(docker: Docker, image: string): Promise<ImageFile[]> {
  const { GraphDriver } = (await docker.getImage(image).inspect()) as { GraphDriver?: { Data?: Record<string, string> | null } };
  const data = GraphDriver?.Data ?? {};
  const layers = [data.UpperDir, ...(data.LowerDir?.split(":") ?? [])].filter((layer) => layer !== undefined && layer !== "");
  return layers.flatMap((layer) => regularFiles(layer as string));
}

function regularFiles(folder: string): ImageFile[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    const bytes = statSync(path).size;
    return bytes === 0 ? [] : [{ path, bytes }];
  });
}

const residentBytes = (files: readonly string[]): number => residency(files).reduce((sum, { bytes }) => sum + bytes, 0);

/** How much of each file is in the page cache. */
export function residency(files: readonly string[]): ImageFile[] {
  const sizes = execFileSync("fincore", ["--bytes", "--noheadings", "--raw", "--output", "RES", "--", ...files], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  // One line a file, in their order.
  return sizes
    .trim()
    .split("\n")
    .map((size, index) => ({ path: files[index] as string, bytes: Number(size) }));
}

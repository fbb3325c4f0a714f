/** Evicts the files of one image from the page cache, and sees that they are gone; all other files stay where they are. */
import { execFileSync } from "node:child_process";
import type { RootfsCache } from "../../design/ports.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { coldProblem, filesOf, residency } from "./page-cache.ts";

/** So many paths fit into one command line, long as they may be. */
const AT_ONCE = 2_000;
const ATTEMPTS = 3;
/** Processes; an image that was just built has thousands of files in memory. */
const AT_A_TIME = "4";

export function openRootfsCache(engine: DockerEngine): RootfsCache {
  const known = new Map<string, Promise<readonly string[]>>();
  return {
    evict: async (image) => {
      const files = await (known.get(image) ?? remember(known, image, find(engine, image)));
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const resident = inMemory(files);
        if (resident.length === 0) return;
        // `dd` advises the kernel to drop the whole file (posix_fadvise, POSIX_FADV_DONTNEED) and reads nothing.
        execFileSync("xargs", ["-0", "-P", AT_A_TIME, "-I", "FILE", "dd", "if=FILE", "iflag=nocache", "count=0", "status=none"], {
          input: resident.join("\0"),
        });
      }
      const left = inMemory(files);
      if (left.length === 0) return;
      throw new Error(
        `${left.length} files of image ${image} stay in the page cache, ${left[0]} among them (a running container maps them?)`,
      );
    },
  };
}

function remember<T>(known: Map<string, T>, image: string, value: T): T {
  known.set(image, value);
  return value;
}

async function find(engine: DockerEngine, image: string): Promise<readonly string[]> {
  const problem = coldProblem(engine.local);
  if (problem !== undefined) throw new Error(problem);
  const files = await filesOf(engine.docker, image);
  if (files.length === 0) throw new Error(`the files of image ${image} cannot be found on this machine`);
  return files.map(({ path }) => path);
}

const inMemory = (files: readonly string[]): string[] =>
  Array.from({ length: Math.ceil(files.length / AT_ONCE) }, (_, part) => files.slice(part * AT_ONCE, (part + 1) * AT_ONCE))
    .flatMap((part) => residency(part))
    .flatMap(({ path, bytes }) => (bytes > 0 ? [path] : []));

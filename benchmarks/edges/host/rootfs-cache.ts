/** Evicts the files of one image from the page cache, and verifies it; all other files stay cached. */
import type { RootfsCache } from "../../design/ports.ts";
import { readable } from "../images/files-in-folders.ts";
import type { ImageFiles } from "../images/image-files.ts";
import type { Path } from "../images/layer-folders.ts";
import { coldProblem } from "./page-cache.ts";
import { evictFiles, residency } from "./residency.ts";

const ATTEMPTS = 3;

export function openRootfsCache(imageFiles: ImageFiles, engineIsLocal: boolean): RootfsCache {
  const known = new Map<string, readonly Path[]>();
  return {
    evict: async (image) => {
      const problem = coldProblem(engineIsLocal);
      if (problem !== undefined) throw new Error(problem);
      const files = known.get(image) ?? (await imageFiles.of(image));
      known.set(image, files);
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const resident = inMemory(files);
        if (resident.length === 0) return;
        evictFiles(resident);
      }
      const [one, ...more] = inMemory(files);
      if (one === undefined) return;
      throw new Error(
        `${more.length + 1} files of image ${image} stay in the page cache, ${readable(one)} among them (a running container maps them?)`,
      );
    },
  };
}

function inMemory(files: readonly Path[]): Path[] {
  const resident = residency(files);
  return files.filter((_, index) => (resident[index] ?? 0) > 0);
}

/** The files of the engine's images on this machine: looked for once an image, and shared by all that make starts cold. */
import { closeSync, constants, openSync } from "node:fs";
import type Docker from "dockerode";
import type { Warning } from "../../../research/warning.ts";
import { filesInFolders, type ImageFile, type Overlooked, readable } from "./files-in-folders.ts";
import { lookIntoLayers, type Path } from "./layer-folders.ts";

export interface ImageFiles {
  /**
   * Those that can be looked at, the largest first.
   * @param most of them, all when it is left out
   * @throws Error with the reason when none can be found
   */
  readonly of: (image: string, most?: number) => Promise<readonly Path[]>;
  /** What was passed over so far, a warning an image. */
  readonly warnings: () => Warning[];
}

interface Found {
  readonly files: readonly ImageFile[];
  readonly overlooked: Map<string, Overlooked>;
}

export function openImageFiles(docker: Docker): ImageFiles {
  const known = new Map<string, Promise<Found>>();
  const settled = new Map<string, Found>();
  const find = async (image: string): Promise<Found> => {
    const { files, overlooked } = await lookIntoLayers(docker, image, filesInFolders);
    const found = {
      files: files.sort((a, b) => b.bytes - a.bytes),
      overlooked: new Map(overlooked.map((one) => [one.path.toString("latin1"), one])),
    };
    settled.set(image, found);
    return found;
  };
  return {
    of: async (image, most = Number.POSITIVE_INFINITY) => {
      const finding = known.get(image) ?? find(image);
      known.set(image, finding);
      const { files, overlooked } = await finding.catch((cause: Error) => {
        throw new Error(`the files of image ${image} cannot be found on this machine: ${cause.message}`, { cause });
      });
      const open: Path[] = [];
      for (const { path } of files) {
        if (open.length >= most) break;
        const reason = problemOf(path);
        if (reason === undefined) open.push(path);
        else overlooked.set(path.toString("latin1"), { path, reason });
      }
      if (open.length === 0)
        throw new Error(`image ${image} has no files that can be seen to leave the page cache${first([...overlooked.values()])}`);
      return open;
    },
    warnings: () =>
      [...settled].flatMap(([image, { overlooked }]) => {
        const all = [...overlooked.values()];
        if (all.length === 0) return [];
        return [
          {
            summary: `${all.length} ${all.length === 1 ? "file or folder" : "files or folders"} of image ${image} could not be looked at`,
            evidence: `the first is ${describe(all[0] as Overlooked)}`,
            remedy: "whether they stay in the page cache in a cold start is not known; nothing else depends on them",
          },
        ];
      }),
  };
}

const describe = ({ path, reason }: Overlooked): string => `${readable(path)} (${reason})`;
const first = (all: readonly Overlooked[]): string =>
  all[0] === undefined ? "" : `; ${all.length} could not be looked at, the first is ${describe(all[0])}`;

/** Why a file cannot be read, `undefined` when it can. */
function problemOf(path: Path): string | undefined {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** The regular files below folders. Names are bytes, and nothing that lies in an image ends the search. */
import { lstatSync, readdirSync } from "node:fs";
import type { Path } from "./layer-folders.ts";

export interface ImageFile {
  readonly path: Path;
  /** On the disk; a file with holes may be longer. */
  readonly bytes: number;
}

/** A file or folder that cannot be looked at. */
export interface Overlooked {
  readonly path: Path;
  readonly reason: string;
}

/** A longer file, for the most part holes, takes seconds at every look whether it is in memory (4 s a TiB). */
const LONGEST_BYTES = 2 ** 36;
const SLASH = Buffer.from("/");

export function filesInFolders(folders: readonly Path[]): { readonly files: ImageFile[]; readonly overlooked: Overlooked[] } {
  const files = new Map<string, ImageFile>();
  const overlooked: Overlooked[] = [];
  const left = [...folders];
  const looking = (path: Path, look: () => void): void => {
    try {
      look();
    } catch (error) {
      overlooked.push({ path, reason: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
  };
  const note = (path: Path): void => {
    // Not where a link leads: out of the image, or in a circle.
    const { dev, ino, mode, size, blocks } = lstatSync(path, { bigint: true });
    const type = Number(mode) & S_IFMT;
    if (type === S_IFDIR) left.push(path);
    if (type !== S_IFREG || size === 0n) return;
    if (size > LONGEST_BYTES) overlooked.push({ path, reason: `${size} bytes long` });
    // A file of several names is one file.
    else files.set(`${dev} ${ino}`, { path, bytes: Math.min(Number(size), 512 * Number(blocks)) });
  };
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    const at = folder;
    looking(at, () => {
      for (const name of readdirSync(at, { encoding: "buffer" })) {
        const path = Buffer.concat([at, SLASH, name]);
        looking(path, () => note(path));
      }
    });
  }
  return { files: [...files.values()], overlooked };
}

/** inode(7) */
const [S_IFMT, S_IFDIR, S_IFREG] = [0o170000, 0o040000, 0o100000];

/** For people: what is no text, or moves the cursor, by its number. */
export const readable = (path: Path): string => {
  const text = path.toString("utf8");
  const whole = Buffer.from(text).equals(path) ? text : path.toString("latin1").replaceAll(/[\x80-\xff]/g, escaped);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return whole.replaceAll(/[\x00-\x1f\x7f]/g, escaped);
};
const escaped = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;

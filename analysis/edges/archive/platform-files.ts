/** The files of a platform that somebody hands in, from a folder or an archive: checked by name, kind and size before anything is written. */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { MisuseError } from "../../../research/misuse.ts";
import { FILES } from "../../../research/tables/catalogue.ts";
import { visible } from "../../../research/text/visible.ts";
import { V3_FILES } from "../../subjects/v3-files.ts";
import { refuseIrregular } from "../reading/read-text.ts";
import { type ArchivedFile, packTar, unpackTar } from "./tar.ts";

export interface HandedIn {
  /** The folder's name, or that in the archive. */
  readonly name: string;
  readonly files: readonly ArchivedFile[];
  /** Names of what is there and belongs to no platform. */
  readonly leftOut: readonly string[];
}

const MANIFEST = "platform.json";
const OURS = [MANIFEST, ...FILES.map(({ name }) => `${name}.csv`)];
const THEIRS = [
  ...V3_FILES.map(({ file }) => file),
  ...["10-qualitative-observations.txt", "analysis-summary.txt", "platform-info.txt"],
];
/** The names that a platform's files may have. */
export const PLATFORM_FILES: ReadonlySet<string> = new Set([...OURS, ...THEIRS]);

/** A million starts are 400 MB. */
const MOST_FILE_BYTES = 1 << 29;
const MOST_BYTES = 1 << 30;

/** @throws MisuseError when there is nothing; Error for what cannot be taken, with the reason */
export function handedIn(path: string): HandedIn {
  const found = path === "" ? undefined : statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new MisuseError(`${JSON.stringify(path)}: no such folder or archive`);
  const { name, files } = found.isDirectory() ? fromFolder(path) : fromArchive(path);
  const known = files.filter((file) => PLATFORM_FILES.has(file.name));
  if (known.length === 0)
    throw new Error(`${path}: no file of a platform is in it (platform.json and startup.csv …, or 01-startup-latency.csv …)`);
  return { name, files: known, leftOut: files.filter((file) => !known.includes(file)).map((file) => file.name) };
}

function fromFolder(folder: string): Omit<HandedIn, "leftOut"> {
  let left = MOST_BYTES;
  const files = readdirSync(folder)
    .sort()
    .flatMap((name): ArchivedFile[] => {
      const path = join(folder, name);
      const { size, ...kind } = lstatOf(path);
      if (!PLATFORM_FILES.has(name)) return name.startsWith(".") ? [] : [{ name, bytes: new Uint8Array() }];
      if (kind.link) throw new Error(`${path}: a symbolic link, and only files are taken: copy what it leads to`);
      if (!kind.file) throw new Error(`${path}: not a regular file`);
      left -= size;
      refuseHuge(path, size, left);
      return [{ name, bytes: readFileSync(path) }];
    });
  return { name: basename(resolve(folder)), files };
}

function lstatOf(path: string): { readonly size: number; readonly link: boolean; readonly file: boolean } {
  const found = lstatSync(path);
  return { size: found.size, link: found.isSymbolicLink(), file: found.isFile() };
}

function refuseHuge(what: string, bytes: number, left: number): void {
  if (bytes > MOST_FILE_BYTES) throw new Error(`${what}: ${bytes} bytes, and at most ${MOST_FILE_BYTES} are taken in one file`);
  if (left < 0) throw new Error(`${what}: more than ${MOST_BYTES} bytes in all, which is no platform`);
}

function fromArchive(path: string): Omit<HandedIn, "leftOut"> {
  refuseIrregular(path);
  const { size } = statSync(path);
  refuseHuge(path, size, MOST_BYTES - size);
  let files: ArchivedFile[];
  try {
    files = unpackTar(gunzipSync(readFileSync(path), { maxOutputLength: MOST_BYTES }));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      code === "ERR_BUFFER_TOO_LARGE"
        ? `more than ${MOST_BYTES} bytes when unpacked, which is no platform`
        : code?.startsWith("Z_")
          ? `not an archive of \`tierbench platform export\` (a .tar.gz): ${message}`
          : message;
    throw new Error(`${path}: ${why}`, { cause });
  }
  const folders = new Set<string>();
  const seen = new Set<string>();
  const inside = files.map(({ name, bytes }) => {
    const parts = name.replace(/^\.\//, "").split("/");
    const own = parts.at(-1) ?? "";
    if (parts.length > 2 || parts.some((part) => part === "" || part === "." || part === "..") || /[\\\p{Cc}]/u.test(name))
      throw new Error(
        `${path}: the name ${JSON.stringify(visible(name.slice(0, 200)))} leads elsewhere; a platform's files lie in one folder`,
      );
    if (seen.has(own)) throw new Error(`${path}: ${own} is in it twice`);
    seen.add(own);
    refuseHuge(`${path}: ${own}`, bytes.length, MOST_BYTES);
    folders.add(parts.length === 2 ? (parts[0] as string) : "");
    return { name: own, bytes };
  });
  if (folders.size > 1)
    throw new Error(`${path}: several folders (${[...folders].map(visible).join(", ")}); give an archive of one platform`);
  const [folder = ""] = folders;
  return { name: folder === "" ? basename(path).replace(/(\.tar)?\.t?gz$/, "") : folder, files: inside };
}

/** Where gzip names the system that wrote it. */
const SYSTEM_BYTE = 9;
const UNKNOWN_SYSTEM = 255;

/** One archive of the files, in a folder called `name`; the same bytes for the same files. */
export function packed(name: string, files: readonly ArchivedFile[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const bytes = gzipSync(packTar(sorted.map((file) => ({ ...file, name: `${name}/${file.name}` }))), { level: 9 });
  bytes[SYSTEM_BYTE] = UNKNOWN_SYSTEM;
  return bytes;
}

/** Files written whole or not at all: a reader, or a kill, never finds half of one. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pid } from "node:process";
import { MisuseError } from "../../../research/misuse.ts";
import { readBytes } from "../reading/read-text.ts";

/**
 * Writes each file beside its place and renames it there; the folder is made when it is missing. A file that holds these
 * bytes already is left as it is.
 * @returns their paths
 * @throws Error when the folder cannot be written to
 */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string[] {
  try {
    makeFolder(resolve(folder));
    return Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content));
  } catch (cause) {
    throw new Error(`cannot write to ${folder}: ${(cause as Error).message}; give another folder with --out`, { cause });
  }
}

/** Files of that figure which lie in the folder from an earlier drawing: a page more, or a picture that was not asked for now. */
export function leftBehind(folder: string, name: string, written: readonly string[]): string[] {
  const ofFigure = new RegExp(`^${name}(-\\d+)?\\.(vl\\.json|svg|png|pdf|tex|caption\\.txt)$`);
  const now = new Set(written.map((path) => basename(path)));
  return readdirSync(folder)
    .filter((file) => ofFigure.test(file) && !now.has(file))
    .sort();
}

/** Before the work is done that is to be written. @throws MisuseError when a file is in the folder's place */
export function requireFolder(path: string): void {
  if (path === "") throw new MisuseError("--out is empty; name a folder");
  if (existsSync(path) && !statSync(path).isDirectory())
    throw new MisuseError(`--out ${JSON.stringify(path)} is a file; name a folder`);
}

/** The same for a file. @throws MisuseError when a folder is in its place */
export function requireFile(path: string, usual: string): void {
  if (path === "") throw new MisuseError(`--out is empty; name a file, such as ${usual}`);
  if (existsSync(path) && statSync(path).isDirectory())
    throw new MisuseError(`--out ${JSON.stringify(path)} is a folder; name a file, such as ${join(path, usual)}`);
}

/** Recursive mkdirSync never returns where no folder can be made, as in /proc (seen in Node 20.20). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * One file, its folder made when it is missing.
 * @returns the path
 * @throws Error of Node's, and for a path at which there is no regular file
 */
export function writeFile(path: string, content: string | Uint8Array): string {
  makeFolder(dirname(resolve(path)));
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  if (existsSync(path) && readBytes(path).equals(bytes)) return path;
  const temporary = `${path}.${pid}.tmp`;
  try {
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  return path;
}

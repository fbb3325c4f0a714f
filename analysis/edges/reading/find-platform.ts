/** PLATFORM on the command line → the folder that is meant. */
import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { MisuseError } from "../../../research/misuse.ts";
import { LABEL_PATTERN } from "../../../research/protocol.ts";

/**
 * A label of `results/` is tried first, then a folder's path. Only a valid label is ever joined to `results/`, so that
 * no label leads out of it.
 * @throws MisuseError when it is neither; the message names the labels that there are
 */
export function findPlatformFolder(argument: string, resultsFolder: string): string {
  if (LABEL_PATTERN.test(argument) && isFolder(join(resultsFolder, argument))) return join(resultsFolder, argument);
  // An empty path would resolve to the current folder, a NUL byte cannot be in one.
  if (argument !== "" && !argument.includes("\0")) {
    if (isFolder(argument)) return resolve(argument);
    if (existsSync(argument)) throw new MisuseError(`${JSON.stringify(argument)} is a file; give the platform's folder`);
  }
  const labels = knownLabels(resultsFolder);
  const known = labels.length === 0 ? `no platforms in ${resultsFolder} yet` : `${resultsFolder} has ${labels.join(", ")}`;
  throw new MisuseError(`unknown platform ${JSON.stringify(argument)}; ${known}; or give a folder's path`);
}

/** The labels in `results/` that have a platform.json, sorted. */
export function knownLabels(resultsFolder: string): string[] {
  return entries(resultsFolder)
    .map(({ name }) => name)
    .filter((name) => LABEL_PATTERN.test(name) && existsSync(join(resultsFolder, name, "platform.json")))
    .sort();
}

function entries(folder: string): Dirent[] {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

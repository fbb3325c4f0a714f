/** PLATFORM on the command line → the folder that is meant. */
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { MisuseError } from "../../../research/misuse.ts";
import { LABEL_PATTERN } from "../../../research/protocol.ts";
import { didYouMean } from "../../../research/text/nearest.ts";
import type { Source } from "../../subjects/platform.ts";
import { isStudyFolder } from "./read-study.ts";

/**
 * A label of `results/` is tried first, then a folder's path. Only a valid label is ever joined to `results/`, so that
 * no label leads out of it.
 * @throws MisuseError when it is neither; the message names the labels that there are
 */
export function findPlatformFolder(argument: string, resultsFolder: string): string {
  const folder = folderNamed(argument, resultsFolder);
  if (folder !== null) return folder;
  if (isPath(argument) && existsSync(argument))
    throw new MisuseError(`${JSON.stringify(argument)} is a file; give the platform's folder`);
  const labels = knownLabels(resultsFolder);
  const known = labels.length === 0 ? `no platforms in ${resultsFolder} yet` : `${resultsFolder} has ${labels.join(", ")}`;
  const help = didYouMean(argument, labels) || `; ${known}; or give a folder's path`;
  throw new MisuseError(`unknown platform ${JSON.stringify(argument)}${help}`);
}

/** `null` when there is none. */
function folderNamed(argument: string, resultsFolder: string): string | null {
  const labelled = resolve(resultsFolder, argument);
  if (LABEL_PATTERN.test(argument) && isFolder(labelled)) return labelled;
  return isPath(argument) && isFolder(argument) ? resolve(argument) : null;
}

/** An empty path would resolve to the current folder, a NUL byte cannot be in one. */
const isPath = (argument: string): boolean => argument !== "" && !argument.includes("\0");

/**
 * Which of the platforms that were read an option means: one that is named as on the command line (by label or by any path
 * of its folder), or by the label under which it is shown.
 * @returns that label
 * @throws MisuseError when it is none of them, or may be several
 */
export function labelAmong(option: string, argument: string, sources: readonly Source[], resultsFolder: string): string {
  const folder = folderNamed(argument, resultsFolder);
  const wanted = folder === null ? null : realpathSync(folder);
  const [found] = [
    ...sources.filter((source) => realpathSync(source.folder) === wanted),
    ...sources.filter(({ label }) => label === argument),
  ];
  if (found !== undefined) return found.label;
  const called = sources.filter((source) => [ownLabel(source), basename(source.folder)].includes(argument));
  if (called.length === 1) return (called[0] as Source).label;
  const labels = (called.length > 1 ? called : sources).map(({ label }) => JSON.stringify(label)).join(", ");
  const what = `${option} ${JSON.stringify(argument)}`;
  if (called.length > 1) throw new MisuseError(`${what} is ambiguous: it may be ${labels}; give one of these names`);
  throw new MisuseError(`${what} is not among the platforms named: ${labels}`);
}

/** Before it was distinguished from another of the same name. */
const ownLabel = (source: Source): string => ("manifest" in source ? source.manifest.label : basename(source.folder));

/** The labels in `results/` of platforms of ours and in the study's format, sorted. */
export function knownLabels(resultsFolder: string): string[] {
  return entries(resultsFolder)
    .map(({ name }) => name)
    .filter((name) => LABEL_PATTERN.test(name) && isPlatform(join(resultsFolder, name)))
    .sort();
}

const isPlatform = (folder: string): boolean => existsSync(join(folder, "platform.json")) || isStudyFolder(folder);

function entries(folder: string): Dirent[] {
  if (!existsSync(folder)) return [];
  if (!isFolder(folder)) throw new MisuseError(`${JSON.stringify(folder)} is a file; name the folder of platforms`);
  return readdirSync(folder, { withFileTypes: true });
}

/** Nothing is below a file. */
const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

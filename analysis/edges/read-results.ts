/** A platform's folder → its manifest and rows, or one line that says why not. */
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { parseManifest } from "../../research/manifest.ts";
import { MisuseError } from "../../research/misuse.ts";
import { startupTable } from "../../research/tables.ts";
import type { Platform } from "../platform.ts";
import { findPlatformFolder } from "./find-platform.ts";

export interface ResultsPlace {
  /** Where labels are looked up. */
  readonly resultsFolder: string;
  /** Files of an incompatible version are refused. */
  readonly toolVersion: string;
}

/**
 * Reads every platform that was asked for, in that order.
 * @throws MisuseError for an unknown platform, or one that is named twice
 * @throws Error, ManifestError or TableError for a folder that can not be read or used
 */
export function readPlatforms(platforms: readonly string[], place: ResultsPlace): Platform[] {
  const folders = platforms.map((platform) => findPlatformFolder(platform, place.resultsFolder));
  refuseTwice(
    platforms,
    folders.map((folder) => realpathSync(folder)),
  );
  const read = folders.map((folder) => readPlatform(folder, place.toolVersion));
  refuseTwice(
    read.map(({ folder }) => folder),
    read.map(({ label }) => label),
  );
  return read;
}

/** Two summaries of one name could not be told apart, and one counted twice would mislead. */
function refuseTwice(names: readonly string[], keys: readonly string[]): void {
  const second = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (second < 0) return;
  const first = names[keys.indexOf(keys[second] ?? "")];
  throw new MisuseError(
    `${JSON.stringify(first)} and ${JSON.stringify(names[second])} are the same platform (${keys[second]}); name it once`,
  );
}

function readPlatform(folder: string, toolVersion: string): Platform {
  const manifestFile = join(folder, "platform.json");
  const manifest = parseManifest(
    readText(manifestFile, "this is no platform's folder; give one that `tierbench run` wrote"),
    manifestFile,
    toolVersion,
  );
  const startupFile = join(folder, "startup.csv");
  const measure = `measure it with \`tierbench run startup --platform ${manifest.label} --append\``;
  const startup = startupTable.parse(readText(startupFile, `nothing was measured here; ${measure}`), startupFile);
  if (startup.length === 0) throw new Error(`${startupFile}: a header and no rows: nothing was measured yet; ${measure}`);
  return { label: manifest.label, folder, manifest, startup };
}

function readText(file: string, whenMissing: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(missing ? `${file}: no such file: ${whenMissing}` : `can not read ${file}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** A platform's folder → its manifest, and its rows for whoever asks, or one line that says why not. */
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { parseManifest } from "../../research/manifest.ts";
import { MisuseError } from "../../research/misuse.ts";
import { type StartupRow, startupTable } from "../../research/tables.ts";
import type { Platform } from "../platform.ts";
import { findPlatformFolder } from "./find-platform.ts";
import { readPieces, readText } from "./read-text.ts";

export interface ResultsPlace {
  /** Where labels are looked up. */
  readonly resultsFolder: string;
  /** Files of an incompatible version are refused. */
  readonly toolVersion: string;
}

/**
 * Every platform that was asked for, in that order.
 * @throws MisuseError for an unknown platform, or one that is named twice
 * @throws Error or ManifestError for a folder that can not be read or used; the rows throw Error or TableError when they
 *   are read
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
  return { label: manifest.label, folder, manifest, startup: startupRows(folder, manifest.label) };
}

/** Read from the file each time, one after the other: there may be a million. */
const startupRows = (folder: string, label: string): Iterable<StartupRow> => ({
  *[Symbol.iterator]() {
    const file = join(folder, "startup.csv");
    const measure = `measure it with \`tierbench run startup --platform ${label} --append\``;
    let none = true;
    for (const row of startupTable.read(readPieces(file, `nothing was measured here; ${measure}`), file)) {
      none = false;
      yield row;
    }
    if (none) throw new Error(`${file}: a header and no rows: nothing was measured yet; ${measure}`);
  },
});

/** A platform's folder, before anything is added to it: what is no regular file would be waited for, perhaps for ever. */
import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, ManifestError, parseManifest } from "../../../research/manifest.ts";
import { FILES } from "../../../research/tables/catalogue.ts";

const MANIFEST = "platform.json";

/** @returns what platform.json says; no sessions where there is none @throws ManifestError for a folder that cannot be read */
export function readFolder(folder: string, toolVersion: string): Pick<Manifest, "runs" | "sessions"> {
  for (const name of [MANIFEST, ...FILES.map((table) => `${table.name}.csv`)]) {
    const file = join(folder, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) throw new ManifestError(`${file}: not a regular file`);
  }
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) return { sessions: [] };
  const bytes = readFileSync(file);
  // Written again, the characters would be lost.
  if (!isUtf8(bytes)) throw new ManifestError(`${file}: the text is not UTF-8: restore the file, or measure under a new label`);
  return parseManifest(bytes.toString("utf8"), file, toolVersion);
}

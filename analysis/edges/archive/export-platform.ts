/** A platform → one archive, or Parquet files, checked before they are written. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { MisuseError } from "../../../research/misuse.ts";
import { requireFile, requireFolder, writeFile } from "../drawing/write.ts";
import { readPlatforms } from "../reading/read-results.ts";
import { readBytes } from "../reading/read-text.ts";
import { checkFolder } from "../reading/validate-platform.ts";
import { PLATFORM_FILES, packed } from "./platform-files.ts";
import { studyFilesOf } from "./study-files.ts";
import type { ArchivedFile } from "./tar.ts";

export const EXPORT_FORMATS = ["tierbench", "v3", "parquet"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * @returns the files that were written
 * @throws MisuseError for a format that the platform does not have; Error for one that is not as it was measured
 */
export async function exportPlatform(
  folder: string,
  format: ExportFormat,
  out: string | undefined,
  toolVersion: string,
): Promise<readonly string[]> {
  const validated = checkFolder(folder, toolVersion);
  const broken = validated.problems.find(({ severity }) => severity === "defect");
  if (broken !== undefined)
    throw new Error(`${folder} is not exported: ${broken.file}: ${broken.what}; \`tierbench platform validate\` says all of it`);
  const label = validated.label === "" ? basename(folder) : validated.label;
  // Its writer is loaded where it is needed alone.
  if (format === "parquet") {
    requireFolder(out ?? "parquet");
    return (await import("./export-parquet.ts")).exportParquet(folder, label, out ?? "parquet");
  }
  const archive = out ?? `${label}.tar.gz`;
  requireFile(archive, `${label}.tar.gz`);
  const asStudy = format === "v3" && validated.format !== "v3";
  const files = asStudy ? studyFiles(folder, toolVersion) : filesOf(folder);
  try {
    return [writeFile(archive, packed(label, files))];
  } catch (cause) {
    throw new Error(`cannot write ${archive}: ${(cause as Error).message}; give another file with --out`, { cause });
  }
}

const filesOf = (folder: string): readonly ArchivedFile[] =>
  [...PLATFORM_FILES]
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => ({ name, bytes: readBytes(join(folder, name)) }));

function studyFiles(folder: string, toolVersion: string): readonly ArchivedFile[] {
  const [source] = readPlatforms([folder], { resultsFolder: folder, toolVersion }, (_, error) => {
    throw error;
  });
  const files = source !== undefined && "manifest" in source ? studyFilesOf(source) : [];
  if (files.length === 0)
    throw new MisuseError(
      `${folder} has no measurements in the study's own way: our start ends when the entrypoint acts, the study's when \`docker run\` has returned, so that one cannot be written as the other; measure them with \`tierbench run study\`, or export it with --format tierbench`,
    );
  return files;
}

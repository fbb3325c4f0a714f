/** The folder that `paper fetch` fills → the study's platforms, with only those files that are the study's. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StudySource } from "../../paper/source.ts";
import type { StudyFile, StudyPlatform, Unread } from "../../subjects/platform.ts";
import { sumOf } from "../fetch-study.ts";
import { readStudyPlatform } from "./read-study.ts";

export interface StudyData {
  /** A file that is missing, broken or another than the study's holds its problem. */
  readonly platforms: readonly StudyPlatform[];
  /** Platforms of which nothing can be read. */
  readonly unread: readonly Unread[];
}

/** @throws Error when nothing of the study can be read */
export function readStudyData(folder: string, sha256: StudySource["sha256"]): StudyData {
  const platforms: StudyPlatform[] = [];
  const unread: Unread[] = [];
  for (const [label, sums] of Object.entries(sha256)) {
    const path = join(folder, label);
    try {
      if (!existsSync(path)) throw new Error(`${path}: no such folder`);
      const { files, ...platform } = readStudyPlatform(path);
      platforms.push({ ...platform, files: files.map((each) => checked(each, path, sums[each.file])) });
    } catch (error) {
      unread.push({ platform: label, reason: (error as Error).message });
    }
  }
  if (platforms.length === 0) {
    const why = existsSync(folder) ? unread.map(({ reason }) => reason).join("; ") : `${folder}: no such folder`;
    throw new Error(`the study's data is missing (${why}); run \`tierbench paper fetch\`, or name its folder with --data`);
  }
  return { platforms, unread };
}

/** Numbers of another file are not the study's. How a broken one is broken says more than its sum. */
function checked(file: StudyFile, folder: string, expected: string | undefined): StudyFile {
  const path = join(folder, file.file);
  if ("problem" in file.content || sumOf(path) === expected) return file;
  return { ...file, content: { problem: `${path}: another file than the study's, by its SHA-256` } };
}

/** The folder that `paper fetch` fills → the study's platforms; files that are missing or other are left out and named. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StudySource } from "../paper/source.ts";
import type { StudyFile, StudyPlatform } from "../platform.ts";
import { sumOf } from "./fetch-study.ts";
import { readStudyPlatform } from "./read-study.ts";

export interface StudyData {
  readonly platforms: readonly StudyPlatform[];
  /** What is not there or not usable, a line each, with what to do. */
  readonly problems: readonly string[];
}

const TO_DO = "`tierbench paper fetch` brings it";

/** @throws Error when there is nothing of the study */
export function readStudyData(folder: string, sha256: StudySource["sha256"]): StudyData {
  const problems: string[] = [];
  const platforms = Object.entries(sha256).flatMap(([label, sums]) => {
    const path = join(folder, label);
    if (!existsSync(path)) {
      problems.push(`${path}: no such folder; ${TO_DO}`);
      return [];
    }
    try {
      const platform = readStudyPlatform(path);
      const files = platform.files.map((each) => checked(each, path, sums[each.file]));
      problems.push(...files.flatMap(({ content }) => ("problem" in content ? [content.problem] : [])));
      return [{ ...platform, files }];
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  });
  if (platforms.length === 0) {
    const why = existsSync(folder) ? problems.join("; ") : `${folder}: no such folder`;
    throw new Error(`the study's data is not there (${why}); run \`tierbench paper fetch\`, or name its folder with --data`);
  }
  return { platforms, problems };
}

/** Numbers of another file are not the study's; how a broken one is broken says more than its sum. */
function checked(file: StudyFile, folder: string, expected: string | undefined): StudyFile {
  const path = join(folder, file.file);
  if ("problem" in file.content || sumOf(path) === expected) return file;
  return { ...file, content: { problem: `${path}: not the study's file, its SHA-256 is another; left out; ${TO_DO}` } };
}

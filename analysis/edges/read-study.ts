/** A folder in the format of the study's raw data → what its files measured; those that can not be read are named. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { V3_FILES, type V3File } from "../paper/v3-files.ts";
import type { StudyFile, StudyPlatform } from "../platform.ts";
import { readPieces, readText } from "./read-text.ts";

export const isStudyFolder = (folder: string): boolean => V3_FILES.some(({ file }) => existsSync(join(folder, file)));

/** @throws Error when none of the files can be read */
export function readStudyPlatform(folder: string): StudyPlatform {
  const files = V3_FILES.map((declared) => readStudyFile(folder, declared));
  const problems = files.flatMap(({ content }) => ("problem" in content ? [content.problem] : []));
  if (problems.length === files.length)
    throw new Error(`${folder}: none of the study's files can be read: ${problems.join("; ")}`);
  return { label: basename(folder), folder, files, run_seconds: runSeconds(folder) };
}

/** What the study's script writes first, and what it writes last. */
const [FIRST_WRITTEN, LAST_WRITTEN] = ["platform-info.txt", "10-qualitative-observations.txt"];

function runSeconds(folder: string): number | null {
  const [begin, end] = [collected(join(folder, FIRST_WRITTEN)), collected(join(folder, LAST_WRITTEN))];
  return begin !== null && end !== null && end > begin ? (end - begin) / 1000 : null;
}

/** The time after `Collected:`, in ms since 1970; notes that are missing, or have none, keep nothing from being read. */
function collected(file: string): number | null {
  try {
    const written = /^Collected: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/m.exec(readText(file, ""))?.[1];
    const time = Date.parse(written ?? "");
    return Number.isNaN(time) ? null : time;
  } catch {
    return null;
  }
}

function readStudyFile(folder: string, { file, experiment, read }: V3File): StudyFile {
  const path = join(folder, file);
  try {
    const content = read(readPieces(path, "this experiment is left out"), path);
    if (content.rows === 0) return { file, experiment, content: { problem: `${path}: a header and no rows` } };
    return { file, experiment, content };
  } catch (error) {
    const problem = (error as Error).message;
    return { file, experiment, content: existsSync(path) ? { problem } : { problem, absent: true } };
  }
}

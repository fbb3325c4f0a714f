/** A folder in the format of the study's raw data → what its files measured; those that cannot be read are named. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { StudyFile, StudyPlatform } from "../../subjects/platform.ts";
import { machineFacts } from "../../subjects/platform-notes.ts";
import { longerThanRun } from "../../subjects/study/longer-than-run.ts";
import { oddFiles } from "../../subjects/study/odd-files.ts";
import { V3_FILES, type V3File } from "../../subjects/v3-files.ts";
import { readBytes, readPieces, refuseIrregular } from "./read-text.ts";

export const isStudyFolder = (folder: string): boolean => V3_FILES.some(({ file }) => existsSync(join(folder, file)));

/** @throws Error when none of the files can be read */
export function readStudyPlatform(folder: string): StudyPlatform {
  const files = V3_FILES.map((declared) => readStudyFile(folder, declared));
  const problems = files.flatMap(({ content }) => ("problem" in content ? [content.problem] : []));
  if (problems.length === files.length)
    throw new Error(`${folder}: none of the study's files can be read: ${problems.join("; ")}`);
  const [info, last] = [FIRST_WRITTEN, LAST_WRITTEN].map((file) => notes(join(folder, file))) as [string, string];
  const [began, ended] = [collected(info), collected(last)];
  const run_seconds = began !== null && ended !== null ? secondsBetween(began, ended) : null;
  const long = longerThanRun(files, run_seconds);
  const odd = [...(long === undefined ? [] : [long]), ...oddFiles(files)];
  return {
    ...{ label: basename(folder), folder, began, facts: machineFacts(info), run_seconds },
    files: files.map((each) => {
      const said = odd.flatMap(({ file, what }) => (file === each.file ? [`${file}: ${what}`] : []));
      return said.length === 0 ? each : { ...each, cautions: [...(each.cautions ?? []), ...said] };
    }),
  };
}

/** What the study's script writes first, and what it writes last. */
const [FIRST_WRITTEN, LAST_WRITTEN] = ["platform-info.txt", "10-qualitative-observations.txt"];

/** Notes that are missing keep nothing from being read. @throws Error for what is no regular file */
function notes(file: string): string {
  refuseIrregular(file);
  try {
    return readBytes(file).toString("utf8"); // in whichever encoding: what is looked for in them is ASCII
  } catch {
    return "";
  }
}

/** The time after `Collected:`. */
function collected(text: string): string | null {
  const written = /^Collected: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/m.exec(text)?.[1] ?? "";
  return Number.isNaN(Date.parse(written)) ? null : written;
}

const secondsBetween = (began: string, ended: string): number | null => {
  const seconds = (Date.parse(ended) - Date.parse(began)) / 1000;
  return seconds > 0 ? seconds : null;
};

function readStudyFile(folder: string, { file, experiment, read }: V3File): StudyFile {
  const path = join(folder, file);
  try {
    const cautions: string[] = [];
    const content = read(readPieces(path, "a folder of the study's has it"), path, (caution) => cautions.push(caution));
    if (content.rows === 0) return { file, experiment, content: { problem: `${path}: a header but no rows` } };
    return { file, experiment, content, ...(cautions.length === 0 ? {} : { cautions }) };
  } catch (error) {
    const problem = (error as Error).message;
    return { file, experiment, content: existsSync(path) ? { problem } : { problem, absent: true } };
  }
}

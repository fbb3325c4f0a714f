/** A platform of ours as one of the study's: what `run study` measured of it, in the study's files. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../../../research/manifest.ts";
import type { Table } from "../../../research/table.ts";
import { studyDimensionsTable } from "../../../research/tables/study/dimensions.ts";
import { studyPullTable } from "../../../research/tables/study/pull.ts";
import { studyColdTable, studyWarmTable } from "../../../research/tables/study/starts.ts";
import type { Platform, StudyFile, StudyPlatform } from "../../subjects/platform.ts";
import { platformSubject } from "../../subjects/platform-subject.ts";
import { studyTexts } from "../../subjects/study/as-study.ts";
import { V3_FILES, type V3File } from "../../subjects/v3-files.ts";
import { readPieces } from "./read-text.ts";

/**
 * The study's files of a folder of ours, by name; none where `run study` has measured nothing.
 * @throws TableError for a table that is not as declared
 */
export function studyTextsOf(folder: string, sessions: readonly Session[]): ReadonlyMap<string, string> {
  const rows = <R>({ name, read }: Table<R>): R[] => {
    const file = join(folder, `${name}.csv`);
    return existsSync(file) ? [...read(readPieces(file, "it was there just now"), file, () => undefined)] : [];
  };
  const measured = {
    "study-warm": rows(studyWarmTable),
    "study-cold": rows(studyColdTable),
    "study-dimensions": rows(studyDimensionsTable),
    "study-pull": rows(studyPullTable),
  };
  return studyTexts(measured, sessions);
}

/** @returns `undefined` where `run study` has measured nothing of it */
export function studyOfPlatform(platform: Platform): StudyPlatform | undefined {
  const { label, folder, manifest } = platform;
  const texts = studyTextsOf(folder, manifest.sessions);
  if (texts.size === 0) return undefined;
  return {
    ...{ label, folder, facts: platformSubject(platform).facts, run_seconds: null },
    began: manifest.sessions[0]?.started ?? null,
    files: V3_FILES.map((declared) => fileOf(declared, folder, texts.get(declared.file))),
  };
}

const fileOf = ({ file, experiment, read }: V3File, folder: string, text: string | undefined): StudyFile => ({
  ...{ file, experiment },
  content:
    text === undefined
      ? { problem: `${join(folder, file)}: not measured by \`run study\``, absent: true }
      : read([text], join(folder, file)),
});

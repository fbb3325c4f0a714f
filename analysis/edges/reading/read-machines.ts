/** The study's folder → what an audit reads: the samples of every machine, and what its notes say of it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AuditedStudy, studyMachine } from "../../paper/audited-study.ts";
import type { StudySource } from "../../paper/source.ts";
import { sumOf } from "../fetch-study.ts";
import { readStudyData } from "./read-study-data.ts";
import { readText } from "./read-text.ts";

const NOTES = "platform-info.txt";

/** @throws Error when there is nothing of the study */
export function readMachines(folder: string, sha256: StudySource["sha256"]): AuditedStudy {
  const { platforms, unread } = readStudyData(folder, sha256);
  const problems = [
    ...unread.map(({ reason }) => reason),
    ...platforms.flatMap(({ files }) => files.flatMap(({ content }) => ("problem" in content ? [content.problem] : []))),
  ];
  const machines = platforms.map((platform) => {
    const path = join(platform.folder, NOTES);
    if (sumOf(path) === sha256[platform.label]?.[NOTES]) return studyMachine(platform, readText(path, "it was there just now"));
    problems.push(`${path}: ${existsSync(path) ? "another file than the study's, by its SHA-256" : "no such file"}`);
    return studyMachine(platform, null);
  });
  return { machines, unread, problems };
}

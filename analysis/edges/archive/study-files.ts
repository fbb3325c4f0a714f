/** A platform of ours in the study's own files. */
import type { Platform } from "../../subjects/platform.ts";
import { platformSubject } from "../../subjects/platform-subject.ts";
import { notesOf } from "../../subjects/study/notes.ts";
import { writeFiles } from "../drawing/write.ts";
import { studyTextsOf } from "../reading/study-of-platform.ts";
import type { ArchivedFile } from "./tar.ts";

/**
 * Writes what `run study` measured beside the tables that it was computed from.
 * @returns the files; none where it has measured nothing
 */
export function writeStudyFiles({ folder, manifest }: Platform): readonly string[] {
  const texts = studyTextsOf(folder, manifest.sessions);
  return texts.size === 0 ? [] : writeFiles(folder, Object.fromEntries(texts));
}

/** With notes on the machine, as the study's script writes them; none where `run study` has measured nothing. */
export function studyFilesOf(platform: Platform): readonly ArchivedFile[] {
  const { folder, label, manifest } = platform;
  const texts = studyTextsOf(folder, manifest.sessions);
  if (texts.size === 0) return [];
  const notes = notesOf(label, manifest.sessions[0]?.started ?? "", platformSubject(platform).facts);
  return [...texts, ["platform-info.txt", notes] as const].map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
}

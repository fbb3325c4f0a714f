/** The study's platforms → what `paper tables` prints, with what is not in it. */
import type { StudyPlatform, Unread } from "../subjects/platform.ts";
import { studySubject } from "../subjects/study-subject.ts";
import { type Sharing, sharingAsPublished } from "./page-cache-sharing.ts";
import { type RecomputedTable, recomputeTables } from "./recompute-tables.ts";
import type { StudySource } from "./source.ts";

export interface StudyTablesReport extends Pick<StudySource, "arxiv" | "repository" | "commit"> {
  readonly tables: readonly RecomputedTable[];
  readonly page_cache_sharing: readonly Sharing[];
  /** What is not in the tables, and why. */
  readonly missing: readonly string[];
}

export function reportTables(
  { arxiv, repository, commit }: StudySource,
  platforms: readonly StudyPlatform[],
  unread: readonly Unread[],
): StudyTablesReport {
  const subjects = platforms.map(studySubject);
  const tables = recomputeTables(subjects);
  const missing = [
    ...unread.map(({ platform, reason }) => `${platform}: ${reason}`),
    ...subjects.flatMap(({ label, caveats }) => caveats.map((caveat) => `${label}: ${caveat}`)),
  ];
  return { arxiv, repository, commit, tables, page_cache_sharing: sharingAsPublished(tables), missing };
}

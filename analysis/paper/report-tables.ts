/** The study's platforms → what `paper tables` prints, with what is not in it. */
import type { StudyPlatform, Unread } from "../subjects/platform.ts";
import { studySubject } from "../subjects/study-subject.ts";
import { sharingAsPublished } from "./page-cache-sharing.ts";
import { recomputeTables } from "./recompute-tables.ts";
import type { StudySource } from "./source.ts";
import type { StudyTablesReport } from "./tables-output.ts";

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

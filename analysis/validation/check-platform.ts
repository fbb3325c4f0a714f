/** What platform.json and the rows of the tables say of each other: the same for `platform validate` and for every reader. */
import type { Manifest } from "../../research/manifest.ts";
import { checkManifest } from "./check-manifest.ts";
import { checkPlan } from "./check-plan.ts";
import type { CheckedRows } from "./check-rows.ts";
import { defect, type Problem } from "./problem.ts";

/**
 * @param folderName the last part of its path
 * @param tables what was read of each table, by experiment
 * @param unread those that are there and cannot be read
 */
export const checkPlatform = (
  manifest: Manifest,
  folderName: string,
  tables: ReadonlyMap<string, CheckedRows>,
  unread: ReadonlySet<string>,
): Problem[] => [
  ...checkManifest(manifest, folderName),
  ...[...tables.values()].flatMap(({ problems }) => problems),
  ...sealedRows(manifest, tables),
  ...checkPlan(manifest, tables, unread),
];

/** The manifest's own count of a session's rows. */
const sealedRows = ({ sessions }: Manifest, tables: ReadonlyMap<string, CheckedRows>): Problem[] =>
  sessions.flatMap(({ session, seal }) =>
    Object.entries(seal?.tables ?? {}).flatMap(([table, { rows }]) => {
      const found = tables.get(table)?.ofSession.get(session) ?? 0;
      if (found === rows || !tables.has(table)) return [];
      const what = `session ${session} has other rows than it sealed`;
      return [defect("seal", { file: `${table}.csv`, value: `${found}`, what, expected: `${rows}` })];
    }),
  );

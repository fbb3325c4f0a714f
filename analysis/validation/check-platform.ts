/** What platform.json and the rows of the tables say of each other: the same for `platform validate` and for every reader. */
import type { Manifest } from "../../research/manifest.ts";
import { checkManifest } from "./check-manifest.ts";
import { checkPlan } from "./check-plan.ts";
import type { CheckedRows } from "./check-rows.ts";
import { defect, type Problem } from "./problem.ts";
import { CLOCK_STEP_NS } from "./session-check.ts";

const MANIFEST = "platform.json";

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
  ...longerThanTheirSessions(manifest, tables),
  ...longerThanTheirExperiments(manifest, tables),
];

/** Times in another unit, such as microseconds that are called nanoseconds, may be possible each, and not all of them together. */
function longerThanTheirSessions({ sessions }: Manifest, tables: ReadonlyMap<string, CheckedRows>): Problem[] {
  return sessions.flatMap(({ session, started, ended }) => {
    if (ended === null) return [];
    const lasted = BigInt(Date.parse(ended) - Date.parse(started)) * 1_000_000n + CLOCK_STEP_NS;
    const busy = [...tables].map(([table, { busy_ns }]) => [table, busy_ns.get(session) ?? 0] as const);
    const all = busy.reduce((sum, [, ns]) => sum + ns, 0);
    if (all <= Number(lasted)) return [];
    const [table, most] = busy.reduce((a, b) => (b[1] > a[1] ? b : a));
    const seconds = (ns: number): string => `${Math.round(ns / 1e9)} s`;
    const what = `the trials of session ${session} took longer together than the session; are times in another unit?`;
    return [defect("plan", { file: `${table}.csv`, value: seconds(most), what, expected: `${seconds(Number(lasted))} at most` })];
  });
}

/** Rounding of the seconds, and of the kernel's clock on the client's. */
const WITHIN = { share: 0.01, seconds: 0.5 };

/** Of a session that was gone on with, an experiment has the seconds since. */
const longerThanTheirExperiments = ({ sessions }: Manifest, tables: ReadonlyMap<string, CheckedRows>): Problem[] =>
  sessions.flatMap(({ session, experiments = [], continued }, index) =>
    experiments.flatMap(({ name, seconds }, place) => {
      const took = (tables.get(name)?.busy_ns.get(session) ?? 0) / 1e9;
      if (continued !== undefined || seconds === undefined || took <= seconds * (1 + WITHIN.share) + WITHIN.seconds) return [];
      const column = `sessions.${index}.experiments.${place}.seconds`;
      const what = `the trials of ${name} took longer together than the experiment`;
      return [defect("plan", { file: MANIFEST, column, value: `${seconds}`, what, expected: `${took.toFixed(1)} or more` })];
    }),
  );

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

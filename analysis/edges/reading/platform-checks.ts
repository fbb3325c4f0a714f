/** The checks of `platform validate` on a platform that is read for its numbers: what is wrong is said beside them. */
import { basename, resolve } from "node:path";
import { brokenSeals } from "../../../research/csv/seal.ts";
import type { Manifest } from "../../../research/manifest.ts";
import type { ExperimentName } from "../../../research/protocol.ts";
import { tableOf } from "../../../research/tables/catalogue.ts";
import { type WhyRow, whyTable } from "../../../research/tables/why.ts";
import { type WhyPathRow, whyPathTable } from "../../../research/tables/why-path.ts";
import type { ExperimentFile, Platform } from "../../subjects/platform.ts";
import { alteredFiles } from "../../validation/altered.ts";
import { pathChecker } from "../../validation/check-paths.ts";
import { checkPlatform } from "../../validation/check-platform.ts";
import { type CheckedRows, rowChecker } from "../../validation/check-rows.ts";
import { defect, type Problem } from "../../validation/problem.ts";
import { calledOf } from "./called.ts";
import { foundTables } from "./table-file.ts";

export interface PlatformChecks {
  /** Of a table, row by row; `end` once all of them could be read. @param paths of its starts, where they were read */
  readonly of: (
    experiment: ExperimentName,
    paths: Iterable<WhyPathRow> | undefined,
  ) => { readonly add: (row: never) => void; readonly end: () => void };
  /** Each with what is wrong with it. */
  readonly end: (experiments: readonly ExperimentFile[]) => Pick<Platform, "experiments" | "altered">;
}

const MANIFEST = "platform.json";
const fileOf = (table: string): string => `${table}.csv`;
const PATHS = fileOf(whyPathTable.name);

export function platformChecks(folder: string, manifest: Manifest): PlatformChecks {
  const { sessions } = manifest;
  const tables = new Map<string, CheckedRows>();
  const ofPaths: Problem[] = [];
  return {
    of: (experiment, paths) => {
      const rows = rowChecker(tableOf(experiment), sessions, fileOf(experiment));
      const path = paths && pathChecker(paths, PATHS);
      return {
        add: (row) => {
          rows.add(row, null);
          path?.add(row as WhyRow);
        },
        end: () => {
          tables.set(experiment, rows.end());
          ofPaths.push(...(path?.end() ?? []));
        },
      };
    },
    end: (experiments) => {
      // Why a table could not be read is said in its place.
      const unread = new Set<string>(experiments.flatMap(({ experiment }) => (tables.has(experiment) ? [] : experiment)));
      const problems = [
        ...brokenIn(folder, sessions, (table) => unread.add(table)),
        ...checkPlatform(manifest, basename(resolve(folder)), tables, unread),
        ...ofPaths,
      ].filter(({ file }) => !unread.has(file.replace(/\.csv$/, "")));
      const read = new Set<string>([PATHS, ...[...tables.keys()].map(fileOf)]);
      const altered = alteredFiles(
        problems.map((problem) => (read.has(problem.file) ? problem : ofManifest(problem))),
        calledOf({ folder }).platform,
      );
      const ofPlatform = altered.get(MANIFEST);
      return {
        experiments: experiments.map((each) => {
          const own = altered.get(each.file) ?? (each.experiment === whyTable.name ? altered.get(PATHS) : undefined);
          return own === undefined ? each : { ...each, altered: own };
        }),
        ...(ofPlatform === undefined ? {} : { altered: ofPlatform }),
      };
    },
  };
}

function brokenIn(folder: string, sessions: Manifest["sessions"], onUnreadable: (table: string) => void): Problem[] {
  if (sessions.every(({ seal }) => seal === undefined)) return [];
  const broken = brokenSeals(sessions, foundTables(folder, sessions, onUnreadable));
  return broken.map(({ table, what }) => defect("seal", { file: fileOf(table), what }));
}

/** Of a table that is gone there are no numbers to say it beside: it is platform.json that speaks of it. */
const ofManifest = (problem: Problem): Problem =>
  problem.file === MANIFEST ? problem : { ...problem, file: MANIFEST, what: `${problem.file}: ${problem.what}` };

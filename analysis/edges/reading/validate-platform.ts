/** A platform's folder → all that can be said against it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { csvRecords } from "../../../research/csv/records.ts";
import { brokenSeals, isSealed } from "../../../research/csv/seal.ts";
import { TableError } from "../../../research/csv/table-error.ts";
import { type Manifest, parseManifest } from "../../../research/manifest.ts";
import { FILES, TABLES } from "../../../research/tables/catalogue.ts";
import { whyTable } from "../../../research/tables/why.ts";
import { whyPathTable } from "../../../research/tables/why-path.ts";
import { findingsOf } from "../../detectors/findings-of.ts";
import type { Source } from "../../subjects/platform.ts";
import { longerThanRun } from "../../subjects/study/longer-than-run.ts";
import { oddFiles } from "../../subjects/study/odd-files.ts";
import { toSubject } from "../../subjects/to-subject.ts";
import { V3_FILES } from "../../subjects/v3-files.ts";
import { pathChecker } from "../../validation/check-paths.ts";
import { checkPlatform } from "../../validation/check-platform.ts";
import { type CheckedRows, rowChecker } from "../../validation/check-rows.ts";
import { caution, defect, type Problem, type ValidatedPlatform } from "../../validation/problem.ts";
import { readPlatforms } from "./read-results.ts";
import { isStudyFolder } from "./read-study.ts";
import { countingLines, readBytes, readPieces, readText, refuseIrregular } from "./read-text.ts";
import { studyTextsOf } from "./study-of-platform.ts";
import { foundTables } from "./table-file.ts";

const MANIFEST = "platform.json";
const NOTES = ["platform-info.txt", "10-qualitative-observations.txt", "analysis-summary.txt"];

/** @param folder one that is there */
export function validatePlatform(folder: string, toolVersion: string): ValidatedPlatform {
  const checked = checkFolder(folder, toolVersion);
  return { ...checked, ...judged([...checked.problems, ...shown(folder, toolVersion)]) };
}

/** The same without what the numbers show, which takes most of the time. */
export function checkFolder(folder: string, toolVersion: string): ValidatedPlatform {
  const ours = existsSync(join(folder, MANIFEST)) || !isStudyFolder(folder);
  return ours ? validateOurs(folder, toolVersion) : validateStudys(folder);
}

function validateOurs(folder: string, toolVersion: string): ValidatedPlatform {
  const name = basename(resolve(folder));
  const unknown = (what: string): ValidatedPlatform => ({
    ...{ folder, label: name, format: null, valid: false, sealed: false, sessions: null, tables: [] },
    problems: [defect("manifest", { file: MANIFEST, what })],
  });
  const path = join(folder, MANIFEST);
  if (!existsSync(path))
    return unknown(
      "no such file: this is not a platform's folder; give one that `tierbench run` wrote, or one in the study's format",
    );
  let manifest: Manifest;
  try {
    manifest = parseManifest(readText(path, "it was there just now", MANIFEST), MANIFEST, toolVersion);
  } catch (error) {
    return unknown((error as Error).message);
  }
  const { label, sessions } = manifest;
  const problems: Problem[] = [];
  const checked = new Map<string, CheckedRows>();
  const unread = new Set<string>();
  for (const table of TABLES) {
    const file = `${table.name}.csv`;
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    try {
      const cautions: string[] = [];
      const { pieces, line } = countingLines(readPieces(path, "", file));
      const checker = rowChecker(table, sessions, file);
      for (const row of table.read(pieces, file, (said) => cautions.push(said))) checker.add(row, line());
      checked.set(table.name, checker.end());
      problems.push(...cautions.map((what) => caution("table", { file, what })));
    } catch (error) {
      unread.add(table.name);
      problems.push(tableDefect(file, error as Error));
    }
  }
  const paths = pathsOf(folder, !unread.has(whyTable.name));
  problems.push(...paths.problems);
  if (checked.size + unread.size === 0)
    problems.push(defect("folder", { file: MANIFEST, what: "no table is beside it: nothing was measured" }));
  const unreadable = new Set<string>(); // said already: they are not gone, nor edited
  const seals = brokenSeals(
    sessions,
    foundTables(folder, sessions, (table) => unreadable.add(table)),
  ).filter(({ table }) => !unreadable.has(table));
  // One by one: of thousands of sessions there may be more than a call takes as arguments.
  for (const found of [
    seals.map(({ table, what }) => defect("seal", { file: `${table}.csv`, what })),
    checkPlatform(manifest, name, checked, unread),
    unread.size === 0 ? otherThanMeasured(folder, sessions) : [],
    strangers(folder, [MANIFEST, ...FILES.map((table) => `${table.name}.csv`), ...V3_FILES.map(({ file }) => file)]),
  ])
    for (const problem of found) problems.push(problem);
  if (!isSealed(sessions)) {
    const what = `without a seal: ${sessions.flatMap(({ session, seal }) => (seal === undefined ? [`session ${session}`] : [])).join(", ")}`;
    problems.push(
      caution("seal", { file: MANIFEST, what, expected: "a seal of every session: `tierbench platform seal` makes one" }),
    );
  }
  return {
    ...{
      folder,
      label,
      format: "tierbench" as const,
      sealed: isSealed(sessions) && seals.length === 0 && unreadable.size === 0,
      sessions: sessions.length,
    },
    tables: [...checked, ...paths.tables].map(([table, { rows }]) => ({
      file: `${table}.csv`,
      rows,
      sha256: sumOfFile(join(folder, `${table}.csv`)),
    })),
    ...judged(problems),
  };
}

/**
 * The critical paths, where there are any, against the starts that they are of.
 * @param areStartsRead without it the starts have a defect of their own, and are not compared with
 */
function pathsOf(
  folder: string,
  areStartsRead: boolean,
): { readonly problems: Problem[]; readonly tables: (readonly [string, { rows: number }])[] } {
  const [file, starts] = [`${whyPathTable.name}.csv`, join(folder, `${whyTable.name}.csv`)];
  if (!existsSync(join(folder, file))) return { problems: [], tables: [] };
  const problems: Problem[] = [];
  try {
    const rows = [
      ...whyPathTable.read(readPieces(join(folder, file), "", file), file, (what) =>
        problems.push(caution("table", { file, what })),
      ),
    ];
    const tables = [[whyPathTable.name, { rows: rows.length }] as const];
    if (!areStartsRead) return { problems, tables };
    const checker = pathChecker(rows, file);
    if (existsSync(starts)) for (const row of whyTable.read(readPieces(starts, ""), starts, () => undefined)) checker.add(row);
    return { problems: [...problems, ...checker.end()], tables };
  } catch (error) {
    return { problems: [...problems, tableDefect(file, error as Error)], tables: [] };
  }
}

function validateStudys(folder: string): ValidatedPlatform {
  const problems: Problem[] = [];
  const tables: { file: string; rows: number; sha256: string }[] = [];
  for (const { file, read } of V3_FILES) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      problems.push(caution("folder", { file, what: "no such file: its experiment is missing" }));
      continue;
    }
    try {
      const { rows, missing } = read(readPieces(path, "", file), file, (what) => problems.push(caution("table", { file, what })));
      tables.push({ file, rows, sha256: sumOfFile(path) });
      if (rows === 0) problems.push(defect("table", { file, what: "a header but no rows" }));
      if (missing > 0) problems.push(caution("table", { file, value: `${missing}`, what: "rows without a measurement (N/A)" }));
    } catch (error) {
      problems.push(tableDefect(file, error as Error));
    }
  }
  for (const file of NOTES) {
    try {
      refuseIrregular(join(folder, file), file);
    } catch (error) {
      problems.push(defect("folder", { file, what: (error as Error).message }));
    }
  }
  problems.push(...strangers(folder, [...V3_FILES.map(({ file }) => file), ...NOTES]));
  const label = basename(resolve(folder));
  return { folder, label, format: "v3", sealed: false, sessions: null, tables, ...judged(problems) };
}

const sumOfFile = (path: string): string => createHash("sha256").update(readBytes(path)).digest("hex");

function judged(problems: readonly Problem[]): Pick<ValidatedPlatform, "valid" | "problems"> {
  const [defects, others] = [true, false].map((wanted) => problems.filter(({ severity }) => (severity === "defect") === wanted));
  return { valid: defects?.length === 0, problems: [...(defects ?? []), ...(others ?? [])] };
}

function tableDefect(file: string, error: Error): Problem {
  const place = error instanceof TableError ? error.place : undefined;
  return defect("table", {
    ...{ file, line: place?.line ?? null, column: place?.column ?? null, value: place?.value ?? null },
    ...{ what: error.message, expected: place?.expected ?? null },
  });
}

/** The study's files beside tables of ours are computed from these. */
function otherThanMeasured(folder: string, sessions: Manifest["sessions"]): Problem[] {
  const there = V3_FILES.map(({ file }) => file).filter((file) => existsSync(join(folder, file)));
  if (there.length === 0) return [];
  const texts = studyTextsOf(folder, sessions);
  return there.flatMap((file) => {
    try {
      if (readText(join(folder, file), "it was there just now", file) === texts.get(file)) return [];
      return [defect("folder", { file, what: "it is not what the tables beside it make: remove it, or restore them" })];
    } catch (error) {
      return [defect("folder", { file, what: (error as Error).message })];
    }
  });
}

const strangers = (folder: string, known: readonly string[]): Problem[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith(".") && !known.includes(name))
    .sort()
    .map((file) => caution("folder", { file, what: "no file of a platform's: nothing reads it" }));

/** What the numbers show, where they can be read. */
function shown(folder: string, toolVersion: string): Problem[] {
  let source: Source | undefined;
  try {
    [source] = readPlatforms([folder], { resultsFolder: folder, toolVersion }, (_, error) => {
      throw error;
    });
  } catch {
    return []; // said already
  }
  if (source === undefined) return [];
  const fileOf = new Map<string, string>(
    ("manifest" in source ? source.experiments : source.files).map(({ experiment, file }) => [experiment, file]),
  );
  const long = "files" in source ? longerThanRun(source.files, source.run_seconds) : undefined;
  const found = findingsOf(toSubject(source)).map(({ severity, experiment, condition, metric, summary, evidence, rows }) => {
    const said = {
      file: fileOf.get(experiment) ?? experiment,
      column: metric,
      value: condition,
      what: `${summary} (${evidence})`,
    };
    const line = rows[0] === undefined ? null : lineOf(join(source.folder, said.file), rows[0]);
    return severity === "defect" ? defect("detector", { ...said, line }) : caution("detector", { ...said, line });
  });
  const odd = "files" in source ? oddFiles(source.files).map((said) => caution("table", said)) : [];
  return [...(long === undefined ? [] : [defect("table", long)]), ...odd, ...found];
}

/** @param row from 1, the header not counted */
function lineOf(path: string, row: number): number | null {
  let left = row;
  for (const { line } of csvRecords(readPieces(path, ""), path, "others")) {
    if (left === 0) return line;
    left -= 1;
  }
  return null;
}

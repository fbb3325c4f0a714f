/** A platform's folder → its manifest and what its files measured, or one line that says why not. */
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { OnCaution } from "../../../research/csv/records.ts";
import { parseManifest, type Session } from "../../../research/manifest.ts";
import { MisuseError } from "../../../research/misuse.ts";
import { type WhyPathRow, whyPathTable } from "../../../research/tables/why-path.ts";
import { appendCommand } from "../../../research/text/append-command.ts";
import { visible } from "../../../research/text/visible.ts";
import { withPaths } from "../../subjects/causes/closest-path.ts";
import { distinctLabels } from "../../subjects/distinct-labels.ts";
import type { MeasuredTable } from "../../subjects/measured-table.ts";
import { MEASURED_TABLES } from "../../subjects/measured-tables.ts";
import type { ExperimentFile, Platform, Source } from "../../subjects/platform.ts";
import { calledOf } from "./called.ts";
import { findPlatformFolder, knownLabels } from "./find-platform.ts";
import { type PlatformChecks, platformChecks } from "./platform-checks.ts";
import { isStudyFolder, readStudyPlatform } from "./read-study.ts";
import { readPieces, readText } from "./read-text.ts";

export interface ResultsPlace {
  /** Where labels are looked up. */
  readonly resultsFolder: string;
  /** Files of an incompatible version are refused. */
  readonly toolVersion: string;
  /** Critical paths are read, too: many rows, which pictures alone show. */
  readonly withPaths?: boolean;
}

/**
 * Every platform that was asked for, in that order: ours, or a folder in the study's format. No two labels are the same.
 * @param onUnreadable called for a folder that cannot be read or used, with the Error or ManifestError; the others are read
 * @throws MisuseError for an unknown platform, or one that is named twice
 */
export function readPlatforms(
  platforms: readonly string[],
  place: ResultsPlace,
  onUnreadable: (platform: string, error: Error) => void,
): Source[] {
  const folders = platforms.map((platform) => findPlatformFolder(platform, place.resultsFolder));
  refuseTwice(
    platforms,
    folders.map((folder) => realpathSync(folder)),
  );
  const read = folders.flatMap((folder, index) => {
    try {
      return [readSource(folder, place)];
    } catch (error) {
      onUnreadable(platforms[index] as string, error as Error);
      return [];
    }
  });
  const labels = distinctLabels(read);
  return read.map((source, index) => ({ ...source, label: visible(labels[index] ?? source.label) }));
}

/** One counted twice would mislead. */
function refuseTwice(names: readonly string[], keys: readonly string[]): void {
  const second = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (second < 0) return;
  const first = names[keys.indexOf(keys[second] ?? "")];
  throw new MisuseError(
    `${JSON.stringify(first)} and ${JSON.stringify(names[second])} are the same platform (${keys[second]}); name it once`,
  );
}

const readSource = (folder: string, place: ResultsPlace): Source =>
  !existsSync(join(folder, "platform.json")) && isStudyFolder(folder) ? readStudyPlatform(folder) : readPlatform(folder, place);

function readPlatform(folder: string, { toolVersion, withPaths: arePathsRead = false }: ResultsPlace): Platform {
  const manifestFile = join(folder, "platform.json");
  const inside = knownLabels(folder);
  const manifest = parseManifest(
    readText(
      manifestFile,
      inside.length > 0
        ? `platforms are in folders of their own here: give ${inside.map((label) => join(folder, label)).join(", ")}`
        : "this is not a platform's folder; give one that `tierbench run` wrote, or one in the study's format (01-startup-latency.csv …)",
    ),
    manifestFile,
    toolVersion,
  );
  const found = Object.values(MEASURED_TABLES).filter(({ file }) => existsSync(join(folder, file)));
  const { label, out } = calledOf({ folder });
  const measure = `measure it with \`${appendCommand("startup", [label ?? "LABEL"], out)}\``;
  if (found.length === 0) throw new Error(`${join(folder, "startup.csv")}: no such file: nothing was measured here; ${measure}`);
  const checks = platformChecks(folder, manifest);
  const experiments = found.map((table) =>
    readExperiment(folder, table, checks, { sessions: manifest.sessions, measure, arePathsRead }),
  );
  const problems = experiments.flatMap(({ content }) => ("problem" in content ? [content] : []));
  if (problems.length === experiments.length) throw problems[0]?.error;
  return { label: manifest.label, folder, manifest, ...checks.end(experiments) };
}

/** Critical paths that cannot be read are said, and not shown: what they are of is whole without them. */
function pathsIn(folder: string, onCaution: OnCaution): readonly WhyPathRow[] {
  const path = join(folder, `${whyPathTable.name}.csv`);
  if (!existsSync(path)) return [];
  try {
    return [...whyPathTable.read(readPieces(path, "it was there a moment ago"), path, onCaution)];
  } catch (error) {
    onCaution((error as Error).message);
    return [];
  }
}

/** Half a platform is still worth explaining: a file that cannot be read is named, and left out. */
function readExperiment(
  folder: string,
  { file, experiment, read }: MeasuredTable,
  checks: PlatformChecks,
  { sessions, measure, arePathsRead }: { sessions: readonly Session[]; measure: string; arePathsRead: boolean },
): ExperimentFile {
  const path = join(folder, file);
  const cautions: string[] = [];
  try {
    const onCaution = (caution: string): void => void cautions.push(caution);
    // First, as they are compared with the rows of their starts while these are read.
    const paths = experiment === "why" && arePathsRead ? pathsIn(folder, onCaution) : undefined;
    const checker = checks.of(experiment, paths);
    const content = read(readPieces(path, "it was there a moment ago"), path, sessions, onCaution, checker.add);
    checker.end();
    if (content.census.rows === 0 && experiment === "startup") {
      throw new Error(`${path}: a header but no rows: nothing was measured yet; ${measure}`);
    }
    const whole = paths === undefined ? content : withPaths(content, paths);
    return { file, experiment, content: whole, ...(cautions.length === 0 ? {} : { cautions }) };
  } catch (error) {
    return { file, experiment, content: { problem: (error as Error).message, error: error as Error } };
  }
}

/** What is damaged: a cut of every table of ours and of the study's format, platform.json, and an archive of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { missingTrials } from "../../analysis/detectors/missing-trials.ts";
import { packTar, unpackTar } from "../../analysis/edges/archive/tar.ts";
import { committedResults, toolVersion } from "../../analysis/edges/repository.ts";
import type { MeasuredTable } from "../../analysis/subjects/measured-table.ts";
import { MEASURED_TABLES } from "../../analysis/subjects/measured-tables.ts";
import type { Measurement } from "../../analysis/subjects/measurement.ts";
import { V3_FILES } from "../../analysis/subjects/v3-files.ts";
import { checkManifest } from "../../analysis/validation/check-manifest.ts";
import { rowChecker } from "../../analysis/validation/check-rows.ts";
import { brokenSeals, sealSessions, sumUp } from "../../research/csv/seal.ts";
import { TableError } from "../../research/csv/table-error.ts";
import { type Manifest, ManifestError, parseManifest } from "../../research/manifest.ts";
import { tableOf } from "../../research/tables/catalogue.ts";
import { impossibleValue } from "./impossible.ts";
import { picker } from "./mutations.ts";

/** `possible`: another text that says something else, and could have been measured; nobody can tell. */
export const ENDINGS = ["refused", "caution", "equal", "possible"] as const;
export type Ending = (typeof ENDINGS)[number];

export interface FuzzSubject {
  readonly name: string;
  readonly text: string;
  /** @throws Error for what must not be: silence, a raw error, no number */
  readonly ending: (mutant: string) => Ending;
}

const ROWS = 40;

/** The folder with most tables, whichever that is. */
function measuredFolder(): string {
  const folders = readdirSync(committedResults()).map((label) => join(committedResults(), label));
  return folders.reduce((most, folder) => (readdirSync(folder).length > readdirSync(most).length ? folder : most));
}

/** @throws Error when it is neither refused by name and line, nor free of what cannot be */
function refusal(file: string, error: unknown): Ending {
  if (error instanceof TableError && error.message.startsWith(`${file}:`)) return "refused";
  throw new Error(`a raw error: ${(error as Error).stack}`);
}

function refuseImpossible(measurements: readonly Measurement[]): void {
  for (const measurement of measurements) {
    const what = impossibleValue(measurement);
    if (what !== undefined) throw new Error(`read in silence: ${what}`);
  }
}

const valuesOf = (measurements: readonly Measurement[]): string =>
  JSON.stringify(measurements.map(({ condition, metric, values, blocks }) => [condition, metric, values, blocks]));

export function fuzzSubjects(): FuzzSubject[] {
  const folder = measuredFolder();
  const json = readFileSync(join(folder, "platform.json"), "utf8");
  const manifest = parseManifest(json, "platform.json", toolVersion());
  const ours = Object.values(MEASURED_TABLES).filter(({ file }) => readdirSync(folder).includes(file));
  return [
    ...ours.map(({ file }) => ourTable(folder, file, manifest)),
    ...ours.map(({ file }) => resealedTable(folder, file, manifest)),
    ...V3_FILES.map(({ file }) => theirTable(file)),
    manifestSubject(json, manifest),
    archiveSubject(json),
  ];
}

/** The files of a platform of ours, and those of one of the study's. */
export function oursAndTheirs(): [string, FuzzSubject[]][] {
  const files = fuzzSubjects().filter(({ name }) => name.endsWith(".csv") || name.endsWith(".json"));
  const isTheirs = ({ name }: FuzzSubject): boolean => V3_FILES.some(({ file }) => file === name);
  return [
    ["a platform of ours", files.filter((subject) => !isTheirs(subject))],
    ["the study's files", files.filter(isTheirs)],
  ];
}

const cutOf = (folder: string, file: string): string =>
  `${readFileSync(join(folder, file), "utf8").split("\n").slice(0, ROWS).join("\n")}\n`;

function ourTable(folder: string, file: string, { sessions }: Manifest): FuzzSubject {
  const table = Object.values(MEASURED_TABLES).find((each) => each.file === file);
  if (table === undefined) throw new Error(`no table ${file}`);
  const text = cutOf(folder, file);
  const name = file.replace(".csv", "");
  const numbers = sessions.map(({ session }) => session);
  const seals = sealSessions(new Map([[name, Buffer.from(text)]]), numbers, "session-end");
  const sealed = numbers.map((session) => ({ session, seal: seals.get(session) }));
  const lengths = sealed.flatMap(({ seal }) => seal?.tables[name]?.bytes ?? []);
  const read = (of: string, onCaution: () => void) => table.read([of], file, sessions, onCaution).measurements;
  const original = valuesOf(read(text, () => undefined));
  return {
    ...{ name: file, text },
    ending: (mutant) => {
      let cautioned = false;
      let found: readonly Measurement[];
      try {
        found = read(mutant, () => {
          cautioned = true;
        });
      } catch (error) {
        return refusal(file, error);
      }
      refuseImpossible(found);
      const broken = brokenSeals(
        sealed as Parameters<typeof brokenSeals>[0],
        new Map([[name, sumUp([Buffer.from(mutant)], lengths)]]),
      );
      if (cautioned || broken.length > 0) return "caution";
      if (valuesOf(found) === original) return "equal";
      throw new Error("other values than were sealed, and nobody says so");
    },
  };
}

/** Its checksums made to fit what was damaged: what it holds is all that can tell. */
function resealedTable(folder: string, file: string, { sessions }: Manifest): FuzzSubject {
  const { read, experiment } = Object.values(MEASURED_TABLES).find((each) => each.file === file) as MeasuredTable;
  const text = cutOf(folder, file);
  const look = (of: string) => {
    const cautions: string[] = [];
    const checker = rowChecker(tableOf(experiment), sessions, file);
    const { measurements } = read(
      [of],
      file,
      sessions,
      (said) => cautions.push(said),
      (row) => checker.add(row, null),
    );
    return { measurements, said: cautions.length + checker.end().problems.length };
  };
  const original = look(text);
  return {
    ...{ name: `${file} sealed anew`, text },
    ending: (mutant) => {
      let found: ReturnType<typeof look>;
      try {
        found = look(mutant);
      } catch (error) {
        return refusal(file, error);
      }
      if (found.said > original.said) return "caution";
      refuseImpossible(found.measurements);
      return valuesOf(found.measurements) === valuesOf(original.measurements) ? "equal" : "possible";
    },
  };
}

/** As the study's script writes them; numbers that nobody measured. */
const THEIRS: Readonly<Record<string, (iteration: number, value: number) => readonly string[]>> = {
  "01-startup-latency.csv": (i, v) => ["alpine", "nginx"].map((image) => `${i},${image},warm,${(500 + v).toFixed(2)}`),
  "02-copyup-overhead.csv": (i, v) => [`${i},100,${(1200 + v).toFixed(2)}`],
  "03-cpu-throttling.csv": (i, v) => [
    `${i},50.00,${(50 + v / 10).toFixed(2)},${(Number((50 + v / 10).toFixed(2)) - 50).toFixed(2)}`,
  ],
  "04-write-performance.csv": (i, v) => ["overlayfs", "volume"].map((mode) => `${i},${mode},${(200 + v).toFixed(1)}`),
  "05-metadata-operations.csv": (i, v) => ["overlayfs", "volume"].map((mode) => `${i},${mode},500,${(80 + v).toFixed(2)}`),
  "06-image-pull-time.csv": (i, v) => ["alpine", "nginx"].map((image) => `${i},${image},${(900 + v).toFixed(2)}`),
  "07-namespace-overhead.csv": (i, v) => [`${i},namespace_create,${(8 + v / 100).toFixed(2)}`],
  "08-network-latency.csv": (i, v) => ["bridge", "host"].map((mode) => `${i},${mode},${(2 + v / 1000).toFixed(3)}`),
  "09-memory-efficiency.csv": (i, v) => [`${i},3,${((15 + v / 1000) / 3).toFixed(2)},${(15 + v / 1000).toFixed(3)}`],
};

function theirTable(file: string): FuzzSubject {
  const declared = V3_FILES.find((each) => each.file === file);
  const made = THEIRS[file];
  if (declared === undefined || made === undefined) throw new Error(`no file ${file}`);
  const pick = picker(1);
  const rows = Array.from({ length: ROWS / 2 }, (_, index) => made(index + 1, pick(10_000) / 100)).flat();
  const text = `${[Object.keys(declared.table.columns).join(","), ...rows].join("\n")}\n`;
  const read = (of: string, onCaution: () => void) => declared.read([of], file, onCaution);
  const original = read(text, () => undefined);
  return {
    ...{ name: file, text },
    ending: (mutant) => {
      let cautioned = false;
      let found: ReturnType<typeof read>;
      try {
        found = read(mutant, () => {
          cautioned = true;
        });
      } catch (error) {
        return refusal(file, error);
      }
      refuseImpossible(found.measurements);
      if (valuesOf(found.measurements) === valuesOf(original.measurements)) return "equal";
      return cautioned || found.missing > 0 || missingTrials(found.measurements).length > 0 ? "caution" : "possible";
    },
  };
}

function manifestSubject(json: string, original: Manifest): FuzzSubject {
  return {
    ...{ name: "platform.json", text: json },
    ending: (mutant) => {
      let read: Manifest;
      try {
        read = parseManifest(mutant, "platform.json", toolVersion());
      } catch (error) {
        if (error instanceof ManifestError && error.message.startsWith("platform.json")) return "refused";
        throw new Error(`a raw error: ${(error as Error).stack}`);
      }
      if (JSON.stringify(read) === JSON.stringify(original)) return "equal";
      return checkManifest(read, original.label).length > 0 ? "caution" : "possible";
    },
  };
}

/** As Latin-1, so that each character is a byte. */
function archiveSubject(json: string): FuzzSubject {
  const text = packTar([{ name: "made/platform.json", bytes: Buffer.from(json) }]).toString("latin1");
  return {
    ...{ name: "archive", text },
    ending: (mutant) => {
      if (mutant === text) return "equal";
      try {
        unpackTar(Buffer.from(mutant, "latin1"));
        return "possible";
      } catch (error) {
        if ((error as Error).constructor === Error) return "refused";
        throw new Error(`a raw error: ${(error as Error).stack}`);
      }
    },
  };
}

/** A folder of results as it was read. */
import type { Manifest } from "../../research/manifest.ts";
import type { ExperimentName } from "../../research/protocol.ts";
import type { Warning } from "../../research/warning.ts";
import type { ExperimentContent } from "./measured-table.ts";
import type { V3Content } from "./v3-files.ts";

export type Source = Platform | StudyPlatform;

/** Measured by this program. */
export interface Platform {
  /** As platform.json has it; of platforms called alike one that tells them apart. */
  readonly label: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** Those that were measured here. */
  readonly experiments: readonly ExperimentFile[];
  /** Its platform.json, or a table that is gone, is not as it was measured: a caution on every number. */
  readonly altered?: Warning;
}

export interface ExperimentFile {
  readonly file: string;
  readonly experiment: ExperimentName;
  /** Or why there is none, in one line. */
  readonly content: ExperimentContent | Unreadable;
  /** What a reader should know of it although it was read, in one line each. */
  readonly cautions?: readonly string[];
  /** It is not as it was measured: a caution on every number of it. */
  readonly altered?: Warning;
}

/** In the format of the study's raw data: nine CSV files, some of which may be missing or broken. */
export interface StudyPlatform {
  /** The folder's name, or one that tells it apart. */
  readonly label: string;
  readonly folder: string;
  readonly files: readonly StudyFile[];
  /** What its notes say of machine and engine, by name; empty where there are none. */
  readonly facts: Readonly<Record<string, string>>;
  /** When its notes were written, before the first measurement, as they say it (ISO 8601); `null` when they do not. */
  readonly began: string | null;
  /** From the platform's description, written first, to the notes, written last; `null` when they do not say. */
  readonly run_seconds: number | null;
}

export interface StudyFile {
  readonly file: string;
  readonly experiment: ExperimentName;
  /** Or why there is none, in one line. */
  readonly content: V3Content | Unreadable;
  /** As of {@link ExperimentFile}. */
  readonly cautions?: readonly string[];
}

export interface Unreadable {
  /** Why, in one line. */
  readonly problem: string;
  /** There is no such file: nothing was measured, and nothing is broken. */
  readonly absent?: boolean;
  /** What was thrown. */
  readonly error?: Error;
}

/** Files that are there and cannot be read: the reason for each. */
export const brokenFiles = (source: Source): string[] =>
  ("manifest" in source ? source.experiments : source.files).flatMap(({ content }) =>
    "problem" in content && !content.absent ? [content.problem] : [],
  );

/** A platform that was asked for and cannot be read. */
export interface Unread {
  readonly platform: string;
  readonly reason: string;
}

/** Subjects like real ones, for figures and their rendering. */
import type { Session } from "../../research/manifest.ts";
import type { ExperimentName, PROBES } from "../../research/protocol.ts";
import { coldRootfsTable } from "../../research/tables/cold-rootfs.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import { gatherStartup } from "../subjects/experiments/startup.ts";
import { MEASURED_TABLES } from "../subjects/measured-tables.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { ExperimentFile, Platform } from "../subjects/platform.ts";
import { platformSubject } from "../subjects/platform-subject.ts";
import { studySubject } from "../subjects/study-subject.ts";
import type { Subject } from "../subjects/subject.ts";
import { EVENTS_START_MS, manifest, scaled, startupRow, WHOLE_START_MS } from "./rows.ts";

const FACTORS = [1, 1.02, 0.98, 1.05, 0.97, 1.01, 1.2];

/** small and medium, warm and five times slower cold; another platform is half as slow again. */
export function exampleSubjects(labels: readonly string[] = ["here"], probe: (typeof PROBES)[number] = "tracefs"): Subject[] {
  const start = probe === "tracefs" ? WHOLE_START_MS : EVENTS_START_MS;
  return labels.map((label, index) => {
    const startup = ["small", "medium"].flatMap((image, imageIndex) =>
      (["warm", "cold"] as const).flatMap((mode) =>
        FACTORS.map((factor, block) => {
          const slower = factor * (1 + index / 2) * (1 + imageIndex / 10) * (mode === "cold" ? 5 : 1);
          return startupRow({ image, mode, probe, block: block + 1, offsets_ms: scaled(start, slower) });
        }),
      ),
    );
    return subjectOf(startup, label);
  });
}

/** Of which nothing is known but these measurements, as of the study's. */
export const bareSubject = (label: string, measurements: readonly Measurement[] = [], more: Partial<Subject> = {}): Subject => ({
  ...studySubject({ label, folder: `/data/${label}`, files: [], facts: {}, began: null, run_seconds: null }),
  measurements,
  ...more,
});

/** A folder with these rows in startup.csv. */
export const platformOf = (startup: readonly StartupRow[], fields: Partial<Platform> = {}): Platform => {
  const { label = "here", manifest: described = manifest({ label }), experiments = [] } = fields;
  const content = gatherStartup(startup, described.sessions);
  return {
    ...{ label, folder: `/results/${label}`, manifest: described },
    experiments: [
      ...(startup.length === 0 ? [] : [{ file: "startup.csv", experiment: "startup" as const, content }]),
      ...experiments,
    ],
  };
};

export const subjectOf = (startup: readonly StartupRow[], label = "here", experiments: readonly ExperimentFile[] = []): Subject =>
  platformSubject(platformOf(startup, { label, experiments }));

/** What a file of an experiment beside startup measured, of which platform.json says nothing. */
export const fileOf = (
  experiment: ExperimentName,
  csv: string,
  sessions: readonly Session[] = [],
  onCaution?: (caution: string) => void,
): ExperimentFile => {
  const { file, read } = MEASURED_TABLES[experiment];
  return { file, experiment, content: read([csv], file, sessions, onCaution) };
};

/** The same starts, as if cold-rootfs had made them without evicting anything. */
export const coldRootfsOf = (starts: readonly StartupRow[]): ExperimentFile =>
  fileOf(
    "cold-rootfs",
    coldRootfsTable.header +
      starts
        .map(({ gap_ns: _, ...start }) =>
          coldRootfsTable.formatRow({ ...start, image: "small", mode: "warm", evict_ns: null, reason: null }),
        )
        .join(""),
  );

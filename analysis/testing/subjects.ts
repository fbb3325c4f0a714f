/** Subjects like real ones, for figures and their rendering. */
import type { PROBES } from "../../research/protocol.ts";
import { coldRootfsTable } from "../../research/tables/cold-rootfs.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import type { MeasuredTable } from "../subjects/measured-table.ts";
import { MEASURED_TABLES } from "../subjects/measured-tables.ts";
import type { Measurement, Subject } from "../subjects/measurement.ts";
import type { ExperimentFile } from "../subjects/platform.ts";
import { platformSubject } from "../subjects/platform-subject.ts";
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
  ...{ label, measurements, contexts: new Map(), starts: new Map(), caveats: [], facts: {} },
  ...more,
});

export const subjectOf = (startup: readonly StartupRow[], label = "here", experiments: readonly ExperimentFile[] = []): Subject =>
  platformSubject({ label, folder: `/results/${label}`, manifest: manifest({ label }), startup, experiments });

/** The same starts, as if cold-rootfs had made them without evicting anything. */
export function coldRootfsOf(starts: readonly StartupRow[]): ExperimentFile {
  const table = MEASURED_TABLES.find(({ experiment }) => experiment === "cold-rootfs") as MeasuredTable;
  const rows = starts.map(({ gap_ns: _, ...start }) =>
    coldRootfsTable.formatRow({ ...start, image: "small", mode: "warm", evict_ns: null, reason: null }),
  );
  return {
    ...{ file: table.file, experiment: table.experiment },
    content: table.read([coldRootfsTable.header + rows.join("")], table.file),
  };
}

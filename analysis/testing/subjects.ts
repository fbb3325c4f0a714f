/** Subjects like real ones, for figures and their rendering. */
import type { PROBES } from "../../research/protocol.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import type { Subject } from "../subjects/measurement.ts";
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

export const subjectOf = (startup: readonly StartupRow[], label = "here"): Subject =>
  platformSubject({ label, folder: `/results/${label}`, manifest: manifest({ label }), startup, experiments: [] });

/** A summary like a real one, for figures and their rendering. */
import type { PROBES } from "../../research/protocol.ts";
import { type Summary, summarisePlatform } from "../summarise-platform.ts";
import { EVENTS_START_MS, manifest, scaled, startupRow, WHOLE_START_MS } from "./rows.ts";

const FACTORS = [1, 1.02, 0.98, 1.05, 0.97, 1.01, 1.2];

/** small and medium, warm and five times slower cold; another platform is half as slow again. */
export function exampleSummary(labels: readonly string[] = ["here"], probe: (typeof PROBES)[number] = "tracefs"): Summary {
  const start = probe === "tracefs" ? WHOLE_START_MS : EVENTS_START_MS;
  return {
    platforms: labels.map((label, index) => {
      const startup = ["small", "medium"].flatMap((image, imageIndex) =>
        (["warm", "cold"] as const).flatMap((mode) =>
          FACTORS.map((factor) => {
            const slower = factor * (1 + index / 2) * (1 + imageIndex / 10) * (mode === "cold" ? 5 : 1);
            return startupRow({ image, mode, probe, offsets_ms: scaled(start, slower) });
          }),
        ),
      );
      return summarisePlatform({ label, folder: `/results/${label}`, experiments: [], manifest: manifest({ label }), startup });
    }),
  };
}

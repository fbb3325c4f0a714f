/** A pull, and what its layers took. */
import { pullTable } from "../../../research/tables/pull.ts";
import type { Nanoseconds } from "../../../research/units.ts";
import { lower, ms } from "../metrics/metric.ts";
import { trials } from "./trials.ts";

type PullMark = "download_begin_ns" | "verify_begin_ns" | "download_done_ns" | "extract_begin_ns" | "pulled_ns";
type PullRow = Readonly<Record<PullMark, Nanoseconds | null>> & { readonly layer: string | null };

/** How long the layers of a pull took between two marks; `null` where not every layer has both. */
const overLayers =
  (from: PullMark, to: PullMark) =>
  (rows: readonly PullRow[]): number | null => {
    let total = 0;
    for (const row of rows.filter(({ layer }) => layer !== null)) {
      const [begin, end] = [row[from], row[to]];
      if (begin === null || end === null) return null;
      total += end - begin;
    }
    return rows.length > 1 ? total / 1e6 : null;
  };

export const pull = trials(pullTable, {
  factors: ({ image }) => ({ image }),
  metrics: { pull_ms: lower("ms", ({ layer, pulled_ns }) => (layer === null ? ms(pulled_ns) : undefined)) },
  // Sums over the layers: they are downloaded side by side and extracted one after the other.
  trialMetrics: {
    download_ms: { unit: "ms", better: "lower", value: overLayers("download_begin_ns", "verify_begin_ns") },
    verify_ms: { unit: "ms", better: "lower", value: overLayers("verify_begin_ns", "download_done_ns") },
    extract_ms: { unit: "ms", better: "lower", value: overLayers("extract_begin_ns", "pulled_ns") },
  },
});

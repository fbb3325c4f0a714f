/** The text that the study's script prints for a platform, from our as-published numbers: to be held against its own. */

import type { PublishedDescription, PublishedTest } from "../as-published.ts";
import { sharingAsPublished } from "../page-cache-sharing.ts";
import { fixed, shortest } from "../python-rounding.ts";
import type { RecomputedContrast, RecomputedSample, RecomputedTable } from "../tables-output.ts";

/** Below which heading of the text the samples of a table stand, and how each is called there. */
const LABELS: Readonly<Record<string, (sample: RecomputedSample) => string>> = {
  startup: ({ condition }) => condition.replace(/ (warm|cold)$/, " ($1 start)"),
  "copy-up": () => "Copy-up latency",
  "cpu-throttling": ({ quantity }) => (quantity === "measured_pct" ? "Measured CPU %" : "Absolute variance from 50%"),
  write: ({ condition }) => condition,
  metadata: ({ condition }) => condition.replace(/ (.*)/, " ($1)"),
  pull: ({ condition }) => condition,
  namespaces: () => "Namespace creation (unshare)",
  network: ({ condition }) => `${condition} mode`,
  memory: ({ quantity }) => (quantity === "total_mem_mb" ? "Total memory (3 containers)" : "Per-container memory"),
};

/** @param withTests whether SciPy was there when the study's text was printed */
export const printedSummary = (tables: readonly RecomputedTable[], withTests: boolean): string[] =>
  Object.entries(LABELS).flatMap(([id, label]) => {
    const table = tables.find((each) => each.id === id);
    return [
      ...(table?.samples ?? []).flatMap((sample) =>
        sample.as_published === null
          ? ["Skipped on this platform (expected on macOS)"]
          : [label(sample), ...statistics(sample.as_published, sample.unit)],
      ),
      ...(table?.contrasts ?? []).flatMap((contrast) => printedContrast(contrast, withTests)),
      ...(id === "memory" ? sharing(tables) : []),
    ];
  });

const statistics = (published: PublishedDescription, unit: string): string[] => [
  `n (samples) ${published.n}`,
  `Mean ${fixed(published.mean, 2)} ${unit}`,
  `Median ${fixed(published.median, 2)} ${unit}`,
  `Std Dev (σ) ${fixed(published.sd, 2)} ${unit}`,
  `95% CI ±${fixed(published.mean_ci_half_width, 2)} ${unit}`,
  `95% CI range [${published.mean_ci.map((end) => fixed(end, 2)).join(", ")}]`,
  `Min ${fixed(published.min, 2)} ${unit}`,
  `Max ${fixed(published.max, 2)} ${unit}`,
];

function printedContrast({ as_published: { effect, test } }: RecomputedContrast, withTests: boolean): string[] {
  const value = effect?.value ?? Number.NaN;
  const effects = {
    ratio: `OverlayFS / Volume ratio: ${fixed(value, 2)}×`,
    overhead_pct: `OverlayFS overhead vs volume: ${fixed(value, 1)}%`,
    difference: `Bridge overhead vs host: ${fixed(value, 2)} ms`,
  };
  return [...(effect === null ? [] : [effects[effect.kind]]), ...(test !== null && withTests ? significance(test) : [])];
}

const significance = ({ significant, p, cliffs_delta, effect }: PublishedTest): string[] => [
  `Significant difference: ${significant ? "YES" : "NO"} (p=${fixed(p, 6)})`,
  `Cliff's delta: ${shortest(cliffs_delta)} (${effect})`,
];

const sharing = (tables: readonly RecomputedTable[]): string[] =>
  sharingAsPublished(tables).flatMap(({ theoretical_mb, actual_mb, sharing_pct }) => [
    `Page cache sharing efficiency: ${fixed(sharing_pct, 1)}%`,
    `(3× individual = ${fixed(theoretical_mb, 1)} MB vs actual ${fixed(actual_mb, 1)} MB)`,
  ]);

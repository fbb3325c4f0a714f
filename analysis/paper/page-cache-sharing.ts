/** "Page cache sharing efficiency", which the study prints below its table of memory. */
import type { RecomputedTable, Sharing } from "./tables-output.ts";

const CONTAINERS = 3;

/**
 * As published only: the figure of one container is the total divided by their number, so that the efficiency is 0 for
 * any data, up to the rounding, and there is nothing to compute instead.
 */
export function sharingAsPublished(tables: readonly RecomputedTable[]): Sharing[] {
  const samples = tables.find(({ id }) => id === "memory")?.samples ?? [];
  return samples.flatMap(({ platform, quantity, as_published: single }) => {
    const total = samples.find((other) => other.platform === platform && other.quantity === "total_mem_mb")?.as_published;
    if (quantity !== "per_container_mem_mb" || !single || !total) return [];
    const theoretical = single.mean * CONTAINERS;
    return [
      {
        platform,
        theoretical_mb: theoretical,
        actual_mb: total.mean,
        sharing_pct: ((theoretical - total.mean) / theoretical) * 100,
      },
    ];
  });
}

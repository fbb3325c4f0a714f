import type { Measurement } from "../measurement.ts";
import { dotFigure } from "./dot-figure.ts";

/** 3: how much processor a container gets, beside the limit it was given. */
export const cpuThrottling = dotFigure({
  title: "CPU limits: what was set and what was got",
  experiment: "cpu-throttling",
  // The study's variance_pct is its measured_pct less the limit: the same dots again.
  shows: ({ metric }) => metric !== "variance_pct",
  target: limitPct,
  lead: "Dashed: the limit that was set.",
});

/** Of the factor `limit`, `50 %`; only for what is measured in per cent as well. */
function limitPct({ factors, unit }: Measurement): number | null {
  const limit = /^(\d+(?:\.\d+)?) ?%$/.exec(factors.limit ?? "")?.[1];
  return limit === undefined || unit !== "%" ? null : Number(limit);
}

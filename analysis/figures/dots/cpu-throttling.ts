import type { Measurement } from "../../subjects/measurement.ts";
import { dotFigure } from "./kinds/dot-figure.ts";

/** 3: how much processor a container gets, beside the limit it was given. */
export const cpuThrottling = dotFigure({
  what: "Processor time",
  about: "CPU limits: set and achieved",
  experiment: "cpu-throttling",
  // The study's variance_pct is its measured_pct less the limit: the same dots again.
  shows: ({ metric }) => metric !== "variance_pct",
  target: limitOf,
  lead: "Dashed: the limit.",
});

/** What `limit` says, in the unit of what was measured: `50 %`, or `0.5` for CPUs. */
function limitOf({ factors, unit }: Measurement): number | null {
  const [, number, percent] = /^(\d+(?:\.\d+)?)( ?%)?$/.exec(factors.limit ?? "") ?? [];
  if (number === undefined || unit !== (percent === undefined ? "CPUs" : "%")) return null;
  return Number(number);
}

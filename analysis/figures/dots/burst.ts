import { scalingFigure } from "./kinds/scaling-figure.ts";

/** Several starts at once. */
export const burstOfStarts = scalingFigure({
  about: "Starts intended for the same moment",
  experiment: "burst",
  shows: ({ metric }) => ["since_intended_ms", "ready_since_intended_ms", "throughput"].includes(metric),
  factor: "size",
  one: "start at once",
  axis: "starts at once",
  lead: "Time since that moment, including the wait for one's turn.",
});

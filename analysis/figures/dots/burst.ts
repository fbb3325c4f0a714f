import { scalingFigure } from "./kinds/scaling-figure.ts";

/** Several starts at once. */
export const burstOfStarts = scalingFigure({
  about: "Starts intended for the same moment",
  experiment: "burst",
  shows: ({ metric }) => metric === "since_intended_ms" || metric === "throughput",
  factor: "size",
  one: "start at once",
  axis: "starts at once",
  lead: "Time since that moment, including the wait for one's turn.",
});

import { dotFigure } from "./dot-figure.ts";

/** Several starts at once. */
export const burstOfStarts = dotFigure({
  title: "Starts intended for the same moment",
  experiment: "burst",
  shows: ({ metric }) => metric === "since_intended_ms" || metric === "throughput",
  lead: "Time since that moment, including the wait for one's turn.",
});

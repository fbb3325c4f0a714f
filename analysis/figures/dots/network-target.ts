import { dotFigure } from "./kinds/dot-figure.ts";

/** The study's own question: round trips to a host somewhere else. */
export const networkToTarget = dotFigure({
  what: "Round trip",
  about: "Network latency to another host",
  experiment: "network-target",
  shows: ({ metric }) => metric !== "p99_us" && metric !== "lost_pct",
  lead: "Echo requests from within a container.",
});

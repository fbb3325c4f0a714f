import { dotFigure } from "./kinds/dot-figure.ts";

/** 5: round trips through a bridge and on the host's network. */
export const networkLatency = dotFigure({
  what: "Round trip",
  about: "Network latency: bridge and host",
  experiment: "network",
  // One value a trial: what else is known of its round trips would be as many panels again.
  shows: ({ metric }) => metric !== "p99_us" && metric !== "lost_pct",
  lead: "Round trips from within a container.",
});

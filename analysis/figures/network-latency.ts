import { dotFigure } from "./dot-figure.ts";

/** 5: round trips through a bridge and on the host's network. */
export const networkLatency = dotFigure({
  title: "Network latency: bridge and host",
  experiment: "network",
  lead: "Round trips from within a container.",
});

import { dotFigure } from "./dot-figure.ts";

/** What runs already, and what a start takes then. */
export const densityOfContainers = dotFigure({
  title: "A start beside idle containers",
  experiment: "density",
  shows: ({ metric }) => metric === "total_ms",
  lead: "Starts while this many containers are running.",
});

import { scalingFigure } from "./kinds/scaling-figure.ts";

/** What runs already, and what a start takes then. */
export const densityOfContainers = scalingFigure({
  about: "A start beside idle containers",
  experiment: "density",
  shows: ({ metric }) => metric === "total_ms",
  factor: "idle",
  one: "idle container",
  axis: "idle containers",
  lead: "Starts while this many containers are running.",
});

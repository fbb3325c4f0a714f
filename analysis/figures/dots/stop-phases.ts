import { dotFigure } from "./kinds/dot-figure.ts";

/** A container's end: its phases, and all together. */
export const stopPhases = dotFigure({
  what: "A stop",
  about: "How a container ends",
  experiment: "stop",
  lead: "Stop and removal by phase; in each trial the phases add up to the total.",
});

import { dotFigure } from "./kinds/dot-figure.ts";

/** 6: pulling an image that the engine does not have. */
export const pullTime = dotFigure({
  what: "Pulling",
  about: "Pulling an image",
  experiment: "pull",
  // What its layers took is in the table of analyze.
  shows: ({ metric }) => metric === "pull_ms" || metric === "pull_time_ms",
  lead: "Time to pull an image that is not present.",
});

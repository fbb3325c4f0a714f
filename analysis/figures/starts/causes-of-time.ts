import { dotFigure } from "../dots/dot-figure.ts";

/** What starts wait for: each cause beside the others, and all together. */
export const causesOfTime = dotFigure({
  what: "A start",
  about: "What a start waits for",
  experiment: "why",
  lead: "Time of each start by cause; in each start the causes add up to its total.",
});

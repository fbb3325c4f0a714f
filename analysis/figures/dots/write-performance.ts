import { dotFigure } from "./kinds/dot-figure.ts";

/** 4: writing to the container's own layer and to a volume. */
export const writePerformance = dotFigure({
  what: "Writing",
  about: "Writing to the container's layer and to a volume",
  experiment: "write",
  lead: "Speed of a large sequential write.",
});

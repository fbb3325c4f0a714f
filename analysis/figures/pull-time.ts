import { dotFigure } from "./dot-figure.ts";

/** 6: pulling an image that the engine does not have. */
export const pullTime = dotFigure({
  title: "Pulling an image",
  experiment: "pull",
  lead: "Time to pull an image that was removed before.",
});

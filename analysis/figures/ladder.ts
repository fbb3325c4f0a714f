import { dotFigure } from "./dot-figure.ts";

/** 10: the same program started by ever more machinery, from exec to the docker command. */
export const ladder = dotFigure({
  title: "The ladder from exec to docker run",
  experiment: "ladder",
  lead: "Time to start the same program, each step with more machinery around it.",
});

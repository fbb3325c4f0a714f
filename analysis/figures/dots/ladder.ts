import { dotFigure } from "./dot-figure.ts";

/** 10: the same program started by ever more machinery, from exec to the docker command. */
export const ladder = dotFigure({
  title: "The ladder from exec to docker run",
  experiment: "ladder",
  shows: ({ metric }) => metric !== "spawn_ms",
  // Each rung is a multiple of another, not a number of milliseconds more.
  logFromRatio: 1,
  lead: "The same static program with more around it at each rung, by the client's clock: until the first byte of its output, and until everything is removed.",
});

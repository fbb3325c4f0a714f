import { dotFigure } from "./kinds/dot-figure.ts";

/** A start with a real application in it. */
export const timeToReady = dotFigure({
  what: "Until ready",
  about: "From the request until an application is ready",
  experiment: "ready",
  shows: ({ metric }) => metric === "ready_ms",
  lead: "The first output of a shell and of python3, the first answer of nginx.",
});

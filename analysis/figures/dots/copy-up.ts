import { dotFigure } from "./kinds/dot-figure.ts";

/** copy-up: what the first write to a file of a lower layer costs. */
export const copyUp = dotFigure({
  what: ({ metric }) => (metric === "copyup_ms" ? "Difference of two runs" : "First write"),
  about: "The first write to a file of the image",
  experiment: "copy-up",
  shows: ({ metric }) => metric !== "second_write_ms",
  lead: "Opening the file and writing one byte, the first time.",
});

import { dotFigure } from "./kinds/dot-figure.ts";

/** Operations on many small files, by where they lie. */
export const metadataOperations = dotFigure({
  what: "Creating files",
  about: "Creating, checking, renaming and deleting files",
  experiment: "metadata",
  lead: "All files of a folder, one after the other.",
});

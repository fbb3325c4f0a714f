import { dotFigure } from "./kinds/dot-figure.ts";

/** What each kind of namespace costs. */
export const namespaceCreation = dotFigure({
  what: "Making a namespace",
  about: "Making a namespace",
  experiment: "namespaces",
  // clone forks the process, too: its panel would show that most of all.
  shows: ({ metric }) => metric !== "clone_us",
  lead: "The system call unshare alone.",
});

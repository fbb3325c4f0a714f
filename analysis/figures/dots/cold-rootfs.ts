import { dotFigure } from "./kinds/dot-figure.ts";

/** The first start on a busy host. */
export const coldRootfs = dotFigure({
  what: "A start",
  about: "A start whose image is not in memory",
  experiment: "cold-rootfs",
  shows: ({ metric }) => metric === "total_ms",
  lead: "Only the image's files are evicted from the page cache.",
});

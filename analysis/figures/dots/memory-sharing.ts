import { dotFigure } from "./dot-figure.ts";

/** How much memory containers have in common. */
export const memorySharing = dotFigure({
  title: "What containers of one image share",
  experiment: "memory",
  shows: ({ metric }) => metric !== "per_container_mem_mb",
  lead: "Of their resident pages, what others map too.",
});

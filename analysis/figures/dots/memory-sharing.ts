import { dotFigure } from "./dot-figure.ts";

/** How much memory containers have in common. */
export const memorySharing = dotFigure({
  title: "What containers of one image share",
  experiment: "memory",
  shows: ({ metric }) => metric !== "per_container_mem_mb",
  lead: "Share of resident pages that other processes also map.",
});

import { dotFigure } from "./kinds/dot-figure.ts";

/** How much memory containers have in common. */
export const memorySharing = dotFigure({
  what: ({ metric }) => (metric === "sharing_pct" ? "Memory shared" : "Memory"),
  about: "What containers of one image share",
  experiment: "memory",
  shows: ({ metric }) => metric !== "per_container_mem_mb",
  lead: "Share of resident pages that other processes also map.",
});

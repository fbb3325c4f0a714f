import { isStartTotal } from "../parts/measured.ts";
import { dotFigure } from "./kinds/dot-figure.ts";

/** 1: warm starts by image and platform. */
export const warmStartLatency = dotFigure({
  what: "Warm start",
  about: "Warm starts by image and platform",
  experiment: "startup",
  shows: (measurement) => isStartTotal(measurement) && measurement.factors.mode === "warm",
  unnamed: ["mode"],
  lead: "Time to start a container whose image is in the page cache.",
});

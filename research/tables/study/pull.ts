/** study-pull.csv. */
import { duration, oneOf, optional } from "../../csv/cells.ts";
import { IMAGE_SIZES } from "../../protocol.ts";
import { SHORTEST_START_NS } from "../columns/shortest.ts";
import { defineTrialTable } from "../columns/trial-table.ts";

export const studyPullTable = defineTrialTable(
  "study-pull",
  "One row per `docker pull` through the docker command, of an image of which the engine has no layer, as the published study timed it.",
  {
    image: oneOf(
      IMAGE_SIZES,
      "the image; its reference is in platform.json (with --images paper: alpine, nginx, python:3.11-slim)",
    ),
  },
  { wall_ns: optional(duration("from just before the docker command was spawned until its end was seen")) },
  { needs: ["wall_ns"], positive: ["wall_ns"], shortest: { wall_ns: SHORTEST_START_NS } },
);

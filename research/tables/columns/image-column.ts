import { text } from "../../csv/cells.ts";
import { IMAGE_NAME_PATTERN } from "../../protocol.ts";

/** Of ours or of the user's. */
export const imageColumn = text(
  "name of the image; its reference and digest are in platform.json",
  IMAGE_NAME_PATTERN,
  "an image name",
);

import { optional, since, text } from "../../csv/cells.ts";
import { IMAGE_NAME_PATTERN } from "../../protocol.ts";

/** Its flags are in platform.json. */
export const variantColumn = since(
  2,
  optional(
    text(
      "variant: flags of docker run by their name in platform.json; empty where there are none",
      IMAGE_NAME_PATTERN,
      "a variant's name",
    ),
  ),
);

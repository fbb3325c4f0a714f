import { duration, optional, since } from "../../csv/cells.ts";

/** A time after the total, and part of no tier. */
export const readyColumns = {
  ready_ns: since(
    2,
    optional(
      duration(
        "when what was waited for was seen, since create_sent: what --until names, or what the experiment does; empty where nothing was, and where it was not seen",
      ),
    ),
  ),
  ready_error_ns: since(
    2,
    optional(
      duration(
        "how much earlier ready_ns may have been: since the last question that was not answered, and at most since the entrypoint began; for a time of the kernel its bound",
      ),
    ),
  ),
};

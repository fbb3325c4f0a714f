import { duration, optional, since } from "../../csv/cells.ts";

/** A time after the total, and part of no tier. */
export const readyColumns = {
  ready_ns: since(
    2,
    optional(duration("when what --until names was seen, since create_sent; empty without --until, and where it was not seen")),
  ),
  ready_error_ns: since(
    2,
    optional(
      duration(
        "how much earlier ready_ns may have been: since the last question that was not answered; for a time of the kernel its bound",
      ),
    ),
  ),
};

/** What is known of a series of round trips: the same of every peer. */

import { count, ns, oneOf, optional } from "../../csv/cells.ts";
import { CLOCKS } from "../../protocol.ts";

export const roundTripColumns = {
  exchanges: optional(count("how many were answered")),
  lost: optional(count("how many were not, within a second")),
  min_ns: optional(ns("shortest round trip, by CLOCK_MONOTONIC read in the container")),
  median_ns: optional(ns("half of the round trips took no longer")),
  p90_ns: optional(ns("nine of ten took no longer")),
  p99_ns: optional(ns("99 of 100 took no longer")),
  max_ns: optional(ns("longest round trip")),
  sum_ns: optional(ns("all round trips added up")),
  clock: optional(oneOf(CLOCKS, "what stamped the marks of series_ns")),
  series_ns: optional(ns("between the marks around all exchanges, the program's own work included: never less than sum_ns")),
};

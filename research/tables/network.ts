import { CLOCKS } from "../protocol.ts";
import { count, ns, oneOf, optional } from "../table.ts";
import { defineTrialTable } from "./trial-table.ts";

export const NETWORKS = ["bridge", "host", "none"] as const;
export const PROTOCOLS = ["icmp", "tcp-connect", "tcp-echo", "udp-echo"] as const;

export const networkTable = defineTrialTable(
  "network",
  "One row a container that exchanges messages with the host of its engine, one after the other, without a pause. Of the round trips the row has quantiles by nearest rank, each the time of one exchange.",
  {
    network: oneOf(NETWORKS, "how the container is connected; none: by its own loopback, both ends in the container"),
    protocol: oneOf(
      PROTOCOLS,
      "icmp: echo request and reply; tcp-connect: opening a connection; tcp-echo and udp-echo: 64 bytes there and back",
    ),
  },
  {
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
  },
);

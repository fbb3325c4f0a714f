import { oneOf } from "../csv/cells.ts";
import { roundTripCheck, roundTripColumns } from "./columns/round-trip-columns.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const NETWORKS = ["bridge", "host", "none"] as const;
export const PROTOCOLS = ["icmp", "tcp-connect", "tcp-echo", "udp-echo"] as const;

export const networkTable = defineTrialTable(
  "network",
  "One row per series of messages that a container exchanges with its engine's host, one after the other, without a pause. The quantiles of the round trips are by nearest rank, each the time of one exchange.",
  {
    network: oneOf(NETWORKS, "how the container is connected; none: by its own loopback, both ends in the container"),
    protocol: oneOf(
      PROTOCOLS,
      "icmp: echo request and reply; tcp-connect: opening a connection; tcp-echo and udp-echo: 64 bytes there and back",
    ),
  },
  roundTripColumns,
  // A machine that was suspended may have seen a longer round trip than the second after which an exchange counts as lost.
  { needs: ["exchanges", "lost"], checks: [roundTripCheck] },
);

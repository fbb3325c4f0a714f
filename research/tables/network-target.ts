import { oneOf, optional, text } from "../csv/cells.ts";
import { HOST_EXPECTED, HOST_PATTERN } from "../protocol.ts";
import { roundTripCheck, roundTripColumns } from "./columns/round-trip-columns.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const TARGET_NETWORKS = ["bridge", "host"] as const;

export const networkTargetTable = defineTrialTable(
  "network-target",
  "One row per container that sends ICMP echo requests to the host named by `run network --target`, each after the previous one was answered or timed out. Quantiles as in `network.csv`.",
  {
    network: oneOf(TARGET_NETWORKS, "how the container is connected"),
    target: text("the host, as it was named", HOST_PATTERN, HOST_EXPECTED),
  },
  {
    address: optional(
      text(
        "the address to which the engine's host resolved the name when the session began",
        /^\d{1,3}(\.\d{1,3}){3}$/,
        "an IPv4 address",
      ),
    ),
    ...roundTripColumns,
  },
  { needs: ["exchanges", "lost"], checks: [roundTripCheck] },
);

import { oneOf, optional, text } from "../csv/cells.ts";
import { HOST_EXPECTED, HOST_PATTERN } from "../protocol.ts";
import { roundTripCheck, roundTripColumns } from "./columns/round-trip-columns.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const TARGET_NETWORKS = ["bridge", "host"] as const;

export const networkTargetTable = defineTrialTable(
  "network-target",
  "One row a container that sends ICMP echo requests to the host named by `run network --target`, each when the one before was answered or given up. Quantiles as in `network.csv`.",
  {
    network: oneOf(TARGET_NETWORKS, "how the container is connected"),
    target: text("the host, as it was named", HOST_PATTERN, HOST_EXPECTED),
  },
  {
    address: optional(
      text("what the name stood for when the session began, on the engine's host", /^\d{1,3}(\.\d{1,3}){3}$/, "an IPv4 address"),
    ),
    ...roundTripColumns,
  },
  { needs: ["exchanges", "lost"], checks: [roundTripCheck] },
);

/** Round trips to the engine's own host, and to another. */
import { networkTable } from "../../../research/tables/network.ts";
import { networkTargetTable } from "../../../research/tables/network-target.ts";
import { lower, per, percent, us } from "../metrics/metric.ts";
import { trials } from "./trials.ts";

type RoundTrips = typeof networkTable.unmeasured;

/** Of messages that a container exchanges with a peer. */
const ROUND_TRIPS = {
  median_us: lower<RoundTrips>("µs", ({ median_ns }) => us(median_ns)),
  p99_us: lower<RoundTrips>("µs", ({ p99_ns }) => us(p99_ns)),
  lost_pct: lower<RoundTrips>("%", ({ lost, exchanges }) =>
    lost === null || exchanges === null ? null : percent(per(lost, lost + exchanges)),
  ),
};

export const network = trials(networkTable, {
  factors: ({ network, protocol }) => ({ network, protocol }),
  metrics: ROUND_TRIPS,
});

export const networkTarget = trials(networkTargetTable, {
  // The target is a factor: other hosts are not the same condition.
  factors: ({ network, target }) => ({ network, target }),
  way: ({ address }) => (address === null ? {} : { address }),
  metrics: ROUND_TRIPS,
});

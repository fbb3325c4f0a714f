/** Starts that were intended for the same moment. */
import { actRuleOf } from "../../../research/act-rule.ts";
import { burstTable } from "../../../research/tables/burst.ts";
import type { Nanoseconds } from "../../../research/units.ts";
import { type Awaited, readyTime } from "../metrics/ready-time.ts";
import { START, START_METRICS, type Told, untilAct } from "../metrics/start-metrics.ts";
import { byProbe, trials } from "./trials.ts";

/** From the moment for which the start was intended, so that waiting for one's turn counts. */
interface Intended extends Told {
  readonly late_ns: Nanoseconds | null;
  readonly entry_acts_ns: Nanoseconds | null;
}
const sinceIntended = ({ late_ns, entry_acts_ns }: Intended): number | null =>
  late_ns === null || entry_acts_ns === null ? null : (late_ns + entry_acts_ns) / 1e6;

const readySinceIntended = ({ late_ns, ready_ns }: Intended & Awaited): number | null =>
  late_ns === null || ready_ns === null ? null : (late_ns + ready_ns) / 1e6;

export const burst = trials(burstTable, {
  factors: ({ size }) => ({ size: `${size}` }),
  way: byProbe,
  start: START,
  metrics: {
    since_intended_ms: { ...untilAct<Intended>(sinceIntended), from: ["total_ms"] },
    ...START_METRICS,
    ready_since_intended_ms: { ...readyTime, value: (row) => readySinceIntended(row) },
  },
  trialMetrics: {
    throughput: {
      unit: "starts/s",
      better: "higher",
      from: ["since_intended_ms"],
      actRule: actRuleOf,
      value: (starts) => {
        const ended = starts.map(sinceIntended);
        return ended.includes(null) || starts.length !== starts[0]?.size
          ? null
          : starts.length / (Math.max(...(ended as number[])) / 1e3);
      },
    },
  },
});

import { count, duration, oneOf, optional } from "../csv/cells.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const CPU_LIMITS = ["0.25", "0.5", "1.0", "none"] as const;

export const cpuThrottlingTable = defineTrialTable(
  "cpu-throttling",
  "One row per container in which two processes compute endlessly; the CPU time they use while the client waits is read from the cgroup's accounting. usage_ns / wall_ns is the number of CPUs that they had.",
  { cpu_limit: oneOf(CPU_LIMITS, "the container's CPU limit; none: no limit, so that the two processes may use two CPUs") },
  {
    usage_ns: optional(duration("CPU time of the container's cgroup between the two readings")),
    wall_ns: optional(duration("time between the two readings")),
    wall_error_ns: optional(duration("bound of the error of wall_ns: how long the two readings took")),
    periods: optional(count("enforcement periods of the limit between the readings; empty without a limit")),
    throttled_periods: optional(count("the number of these periods in which the container was throttled")),
    throttled_ns: optional(duration("time for which its run queues were throttled, summed over CPUs")),
  },
  {
    needs: ["usage_ns", "wall_ns", "wall_error_ns"],
    checks: [
      ({ periods, throttled_periods }) =>
        periods !== null && throttled_periods !== null && throttled_periods > periods
          ? `${throttled_periods} throttled_periods of ${periods} periods`
          : undefined,
    ],
  },
);

import { count, duration, oneOf, optional } from "../csv/cells.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

export const CPU_LIMITS = ["0.25", "0.5", "1.0", "none"] as const;

export const cpuThrottlingTable = defineTrialTable(
  "cpu-throttling",
  "One row a container in which two processes compute without end; what they use while the client waits is read from the cgroup's accounting. usage_ns / wall_ns is the number of CPUs that they had.",
  { cpu_limit: oneOf(CPU_LIMITS, "CPUs that the container may use; none: the two processes may use two, if there are two") },
  {
    usage_ns: optional(duration("CPU time of the container's cgroup between the two readings")),
    wall_ns: optional(duration("time between the two readings")),
    wall_error_ns: optional(duration("bound of the error of wall_ns: how long the two readings took")),
    periods: optional(count("enforcement periods of the limit between the readings; empty without a limit")),
    throttled_periods: optional(count("those of them in which the container was held back")),
    throttled_ns: optional(duration("time that its CPUs' run queues were held back, added up over CPUs")),
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

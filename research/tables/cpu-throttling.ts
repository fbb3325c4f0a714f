import { count, duration, oneOf, optional } from "../csv/cells.ts";
import { SHORTEST_PROCESS_NS } from "./columns/shortest.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

/** How many processes compute. */
const PROCESSES = 2;
/** What reads the accounting and waits computes a little, too. */
const SLACK = 1.05;
/**
 * The engine's period of a limit, which the kernel makes longer where it cannot keep up, and never shorter. Each end of the time
 * between the readings may have the quota of one that is mostly outside.
 */
const PERIOD_NS = 100e6;
/** Where the kernel's timer is late, the periods of a second before the readings may be counted between them. */
const COUNTED_LATE = 10;

/** What a processor of another's host takes is not counted as used. */
const LEAST_OF_QUOTA = 0.2;

const OF_LIMIT = ["periods", "throttled_periods", "throttled_ns"] as const;

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
    positive: ["wall_ns"],
    // It is waited for longer than any period, and what computes endlessly had a processor in that time.
    shortest: { wall_ns: PERIOD_NS / 100, usage_ns: SHORTEST_PROCESS_NS },
    checks: [
      (row) => {
        const ofLimit = row.cpu_limit === "none" && OF_LIMIT.find((column) => row[column] !== null);
        return ofLimit ? `${ofLimit} without a limit` : undefined;
      },
      ({ periods, throttled_periods }) =>
        periods === null && throttled_periods !== null ? "throttled_periods without periods" : undefined,
      ({ cpu_limit, usage_ns, wall_ns, wall_error_ns }) =>
        cpu_limit !== "none" &&
        usage_ns !== null &&
        wall_ns !== null &&
        usage_ns > SLACK * Number(cpu_limit) * (wall_ns + (wall_error_ns ?? 0) + 2 * PERIOD_NS)
          ? `usage_ns ${usage_ns} in wall_ns ${wall_ns} is more than a limit of ${cpu_limit} allows`
          : undefined,
      ({ periods, throttled_periods }) =>
        periods !== null && throttled_periods !== null && throttled_periods > periods
          ? `${throttled_periods} throttled_periods of ${periods} periods`
          : undefined,
      ({ usage_ns, wall_ns, wall_error_ns }) =>
        usage_ns !== null && wall_ns !== null && usage_ns > SLACK * PROCESSES * (wall_ns + (wall_error_ns ?? 0))
          ? `usage_ns ${usage_ns} in wall_ns ${wall_ns} is more than ${PROCESSES} processes can use`
          : undefined,
      ({ periods, wall_ns, wall_error_ns }) =>
        periods !== null && wall_ns !== null && periods > (SLACK * (wall_ns + (wall_error_ns ?? 0))) / PERIOD_NS + COUNTED_LATE
          ? `${periods} periods in wall_ns ${wall_ns}: an engine's last ${PERIOD_NS / 1e6} ms`
          : undefined,
      // On each processor where one of its processes waits for the next period.
      ({ throttled_ns, wall_ns, wall_error_ns }) =>
        throttled_ns !== null &&
        wall_ns !== null &&
        throttled_ns > 2 * PROCESSES * (wall_ns + (wall_error_ns ?? 0) + 2 * PERIOD_NS)
          ? `throttled_ns ${throttled_ns} in wall_ns ${wall_ns} is more than ${PROCESSES} processes can wait`
          : undefined,
      // A period in which it was throttled has used up its quota; those at the ends are not wholly between the readings.
      ({ cpu_limit, usage_ns, throttled_periods }) =>
        usage_ns !== null && usage_ns < LEAST_OF_QUOTA * Number(cpu_limit) * PERIOD_NS * ((throttled_periods ?? 0) - 2)
          ? `usage_ns ${usage_ns} is less than the quota of ${throttled_periods} throttled_periods; is it in another unit?`
          : undefined,
    ],
  },
);

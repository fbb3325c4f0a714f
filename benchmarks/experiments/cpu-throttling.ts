/** How much CPU a container gets under a limit, by its cgroup's own accounting. */
import { CPU_LIMITS, cpuThrottlingTable } from "../../research/tables/cpu-throttling.ts";
import { durationNs, elapsedNs, milliseconds, nanoseconds } from "../../research/units.ts";
import { defineExperiment, NOTHING_TO_REMOVE, type Trial } from "../design/experiment.ts";
import type { CpuAccount } from "../design/ports.ts";
import { observeStart } from "../start/observe-start.ts";

/** Two, so that a limit of one CPU is a limit. */
const COMPUTE = ["sh", "-c", "echo ready; while :; do :; done & while :; do :; done"];
/** Periods of 100 ms are the engine's default; after two of them each is like the other. */
const SETTLE = milliseconds(200);
/** A whole number of periods: wherever the window begins, it holds that many quotas. */
const WINDOW = milliseconds(600);
const TIMEOUT = milliseconds(60_000);

type Measured = typeof cpuThrottlingTable.unmeasured;

export const cpuThrottling = defineExperiment("cpu-throttling", {
  table: cpuThrottlingTable,
  conditions: CPU_LIMITS.map((cpu_limit) => ({ cpu_limit })),
  share: 50,
  asked: ({ cpu_limit }) => cpu_limit === "0.5",
  warmupBlocks: 0,
  blockSeconds: 4.5,
  roles: ["shell"],
  workload: `two busy loops, over ${WINDOW} ms`,
  open: async (laboratory) => ({
    ...NOTHING_TO_REMOVE,
    trial: async ({ cpu_limit }, signal): Promise<Trial<Measured>> => {
      const { images, accounts, clock } = laboratory;
      const readings: CpuAccount[] = [];
      const start = await observeStart(
        laboratory,
        {
          image: images.shell,
          command: COMPUTE,
          settings: { network: "none", ...(cpu_limit === "none" ? {} : { cpus: Number(cpu_limit) }) },
          timeout: TIMEOUT,
          untilFirstByte: true,
          meanwhile: async (id) => {
            await clock.sleep(SETTLE, signal);
            readings.push(await accounts.cpu(id));
            await clock.sleep(WINDOW, signal);
            readings.push(await accounts.cpu(id));
          },
        },
        signal,
      );
      const { outcome, problem, containerId, client } = start;
      const [first, second] = readings;
      const measured = first === undefined || second === undefined ? cpuThrottlingTable.unmeasured : change(first, second);
      const part = { outcome, problem, began: client.create_sent, containerId, measured };
      return { parts: [part], headline: measured.usage_ns };
    },
  }),
});

function change(first: CpuAccount, second: CpuAccount): Measured {
  const limited = first.limit !== undefined && second.limit !== undefined;
  return {
    usage_ns: durationNs(first.usage, second.usage),
    wall_ns: elapsedNs(first.at, second.at),
    wall_error_ns: nanoseconds(first.error + second.error),
    periods: limited ? second.limit.periods - first.limit.periods : null,
    throttled_periods: limited ? second.limit.throttledPeriods - first.limit.throttledPeriods : null,
    throttled_ns: limited ? durationNs(first.limit.throttled, second.limit.throttled) : null,
  };
}

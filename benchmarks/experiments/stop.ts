/** From the request to stop a container until it is removed. */
import { STARTUP } from "../../research/protocol.ts";
import { impossibleStop } from "../../research/stop/impossible-stop.ts";
import { STOP_MILESTONE_NAMES } from "../../research/stop/milestones.ts";
import { type ENTRYPOINTS, stopTable } from "../../research/tables/stop.ts";
import { nanoseconds } from "../../research/units.ts";
import { defineExperiment, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import type { JsonObject } from "../design/flags/flag.ts";
import { observeStart } from "../start/observe-start.ts";

interface Run {
  readonly command: readonly string[];
  readonly body?: JsonObject;
  readonly seconds: number | undefined;
}

const RUN: Readonly<Record<(typeof ENTRYPOINTS)[number], Run>> = {
  // The shell's wait is interrupted by the signal, its sleep would not be.
  handles: { command: ["sh", "-c", "trap 'exit 0' TERM; echo up; sleep 60 & wait"], seconds: undefined },
  init: { command: ["sh", "-c", "echo up; exec sleep 60"], body: { HostConfig: { Init: true } }, seconds: undefined },
  ignores: { command: ["sh", "-c", "echo up; exec sleep 60"], seconds: 1 },
};

export const stop = defineExperiment("stop", {
  table: stopTable,
  conditions: (Object.keys(RUN) as (typeof ENTRYPOINTS)[number][]).map((entrypoint) => ({ entrypoint })),
  share: 30,
  warmupBlocks: 1,
  blockSeconds: 4,
  roles: ["shell"],
  roleOf: () => "shell",
  workload: "a shell that handles SIGTERM, sleep below --init, sleep killed after 1 s; each stopped and removed",
  open: async (laboratory) => ({
    ...NOTHING_TO_REMOVE,
    trial: async ({ entrypoint }, signal) => {
      const { seconds, ...run } = RUN[entrypoint];
      const request = {
        ...{ ...run, image: laboratory.images.shell, timeout: STARTUP.timeout },
        ...{ untilFirstByte: true, stop: { seconds } },
      };
      const { outcome, problem, client, containerId, stopped } = await observeStart(laboratory, request, signal);
      const common = { began: client.create_sent, containerId };
      if (stopped === undefined || !("milestones" in stopped)) {
        const unstopped = { outcome: outcome === "ok" ? ("failed" as const) : outcome, problem: stopped?.problem ?? problem };
        return { parts: [{ ...common, ...unstopped, measured: stopTable.unmeasured }], headline: null };
      }
      const { milestones, clockError, lostEvents, isIgnored } = stopped;
      const times = Object.fromEntries(STOP_MILESTONE_NAMES.map((name) => [`${name}_ns`, milestones[name] ?? null]));
      const measured = {
        ...stopTable.unmeasured,
        ...times,
        signal_ignored: isIgnored ?? null,
        probe: laboratory.probe.name,
        clock_error_ns: nanoseconds(clockError),
        lost_events: lostEvents,
      };
      // Readers refuse impossible times of a trial that is ok: where clocks were set meanwhile, it is not.
      const lost =
        stopped.problem ??
        (lostEvents > 0 ? "the kernel dropped trace events" : impossibleStop((name) => milestones[name] ?? null, clockError));
      const judged = lost === undefined ? { outcome, problem } : { outcome: "probe-lost" as const, problem: lost };
      return { parts: [{ ...common, ...judged, measured }], headline: milestones.removed ?? null };
    },
  }),
});

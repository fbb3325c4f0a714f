/** Several starts intended for the same moment. An open loop: none waits for another, and each is timed from that moment. */
import { STARTUP } from "../../research/protocol.ts";
import { BURST_SIZES, burstTable } from "../../research/tables/burst.ts";
import { elapsedNs, milliseconds, nanoseconds } from "../../research/units.ts";
import { defineExperiment, type Laboratory, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import type { KernelProbe, TraceRecord } from "../design/ports.ts";
import { observeStart } from "../start/observe-start.ts";
import { startPart } from "../start/start-part.ts";
import { watchWall } from "../start/watch-wall.ts";
import { traceDoubt } from "../timeline/trace-doubt.ts";
import { settleAll } from "../workloads/settle-all.ts";

/** A start that fails or hangs must not hold the others for ever. */
const PATIENCE = milliseconds(30_000);

export const burst = burstOf(BURST_SIZES);

export function burstOf(sizes: readonly (typeof BURST_SIZES)[number][]) {
  return defineExperiment("burst", {
    table: burstTable,
    conditions: sizes.map((size) => ({ size })),
    share: 8,
    warmupBlocks: 1,
    blockSeconds: 10,
    roles: ["shell"],
    workload: STARTUP.command.join(" "),
    open: async (laboratory) => ({
      ...NOTHING_TO_REMOVE,
      trial: async ({ size }, signal) => {
        const { probe, clock, images } = laboratory;
        // One trace holds them all: the containers are told apart by their cgroups.
        const untraced: KernelProbe = { ...probe, begin: async () => undefined, end: async () => NOTHING };
        const wallAround = watchWall(clock);
        const everyStart = gate(size, clock, signal);
        await probe.begin();
        const intended = clock.now();
        const starts = await settleAll(
          Array.from({ length: size }, () =>
            observeStart(
              { ...laboratory, probe: untraced },
              {
                image: images.shell,
                command: STARTUP.command,
                timeout: STARTUP.timeout,
                untilFirstByte: true,
                // Removing the quick ones would disturb the others.
                meanwhile: () => everyStart.passed(),
              },
              signal,
            ).finally(() => everyStart.leave()),
          ),
        );
        const record = await probe.end();
        const wall = wallAround();
        const doubt = "problem" in record ? record.problem : traceDoubt(record);
        const seen = "problem" in record ? NOTHING : record;
        const totals = starts.map((start, index) => {
          const outcome = start.outcome === "ok" && doubt !== undefined ? "probe-lost" : start.outcome;
          const problem = start.problem ?? doubt;
          const observed = { ...start, outcome, problem, trace: seen.lines, lostEvents: seen.lost, kernelClock: seen.clock };
          const { part, total } = startPart(laboratory, observed, wall);
          const late_ns = elapsedNs(intended, start.client.create_sent);
          return {
            part: { ...part, measured: { ...part.measured, start: index + 1, late_ns } },
            total: total === null ? null : late_ns + total,
          };
        });
        const last = totals.reduce<number | null>(
          (most, { total }) => (total === null ? most : Math.max(most ?? 0, total)),
          null,
        );
        return { parts: totals.map(({ part }) => part), headline: last === null ? null : nanoseconds(last) };
      },
    }),
  });
}

const NOTHING: TraceRecord = { lines: [], lost: 0, clock: undefined };

/** Opens when this many have arrived or given up. */
function gate(size: number, clock: Laboratory["clock"], signal: AbortSignal) {
  const opened = new AbortController();
  let awaited = size;
  const count = (): void => {
    awaited -= 1;
    if (awaited <= 0) opened.abort();
  };
  return {
    passed: async (): Promise<void> => {
      count();
      await clock.sleep(PATIENCE, AbortSignal.any([signal, opened.signal])).catch(() => undefined);
    },
    /** A start that has passed the gate leaves after it opened: counting it twice does no harm. */
    leave: count,
  };
}

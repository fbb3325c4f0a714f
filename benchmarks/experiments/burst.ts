/** Several starts intended for the same moment. An open loop: none waits for another, and each is timed from that moment. */
import { STARTUP } from "../../research/protocol.ts";
import { type BURST_SIZES, burstTable } from "../../research/tables/burst.ts";
import { elapsedNs, milliseconds, nanoseconds } from "../../research/units.ts";
import { defineExperiment, type Laboratory } from "../design/experiment.ts";
import type { ImageRole, KernelProbe, TraceRecord } from "../design/ports.ts";
import { observeStart } from "../start/observe-start.ts";
import { type OwnStarts, PLAIN_STARTS } from "../start/own-starts.ts";
import { startPart } from "../start/start-part.ts";
import { watchListens } from "../start/watch-listens.ts";
import { watchWall } from "../start/watch-wall.ts";
import { traceDoubt } from "../timeline/trace-doubt.ts";
import { settleAll } from "../workloads/settle-all.ts";

/** A start that fails or hangs must not hold the others for ever. */
const PATIENCE = milliseconds(30_000);

/** @param own starts of the image that was chosen; ours of the smallest where there are none */
export function burstOf(sizes: readonly (typeof BURST_SIZES)[number][], own?: OwnStarts) {
  const { command, wait, words } = own ?? PLAIN_STARTS;
  const role = own === undefined ? "shell" : "chosen";
  return defineExperiment("burst", {
    table: burstTable,
    conditions: sizes.map((size) => ({ size })),
    share: 8,
    warmupBlocks: 1,
    blockSeconds: 10,
    roles: [role],
    workload: words,
    open: async (laboratory) => {
      const listens = await watchListens(laboratory.probe, wait.until);
      return {
        [Symbol.asyncDispose]: async () => listens?.[Symbol.asyncDispose](),
        trial: ({ size }, signal) => startTogether(size, { command, wait, role }, laboratory, signal),
      };
    },
  });
}

async function startTogether(
  size: number,
  { command, wait, role }: Pick<OwnStarts, "command" | "wait"> & { readonly role: ImageRole },
  laboratory: Laboratory,
  signal: AbortSignal,
) {
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
          ...{ image: images[role], command, ...wait, timeout: STARTUP.timeout },
          untilFirstByte: wait.until?.kind !== "exits",
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
  const ended = starts.map((start, index) => {
    const outcome = start.outcome === "ok" && doubt !== undefined ? "probe-lost" : start.outcome;
    const problem = start.problem ?? doubt;
    const observed = { ...start, outcome, problem, trace: seen.lines, lostEvents: seen.lost, kernelClock: seen.clock };
    const { part, ready, total } = startPart(laboratory, observed, wall);
    const late_ns = elapsedNs(intended, start.client.create_sent);
    const end = wait.until === undefined ? total : ready.ready_ns;
    return {
      part: { ...part, measured: { ...part.measured, ...ready, start: index + 1, late_ns } },
      end: end === null ? null : late_ns + end,
    };
  });
  const last = ended.reduce<number | null>((most, { end }) => (end === null ? most : Math.max(most ?? 0, end)), null);
  return { parts: ended.map(({ part }) => part), headline: last === null ? null : nanoseconds(last) };
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

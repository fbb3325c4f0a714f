/** One measured end of a container: stop, remove, each call stamped. */
import type { StopMilestones } from "../../research/stop/phases.ts";
import { type ClockNs, clockNs, elapsedNs, type Nanoseconds, nanoseconds } from "../../research/units.ts";
import type { Instruments } from "../design/ports.ts";
import { kernelEvents } from "../timeline/timeline.ts";
import { STOP_WATCH } from "../timeline/trace-line.ts";
import { wallBetween } from "../timeline/wall-step.ts";
import { type StopSightings, stopSightings } from "./stop-sightings.ts";
import { watchWall } from "./watch-wall.ts";

/** `docker stop --time`; `undefined`: what the container says, or the engine's 10 s. */
export interface StopRequest {
  readonly seconds: number | undefined;
}

export interface ObservedStop {
  readonly milestones: StopMilestones;
  /** Bound of the error of the kernel's and the client's times, and of the engine's events where there are any. */
  readonly clockError: Nanoseconds;
  readonly lostEvents: number;
  /** Why there is nothing of the kernel's. */
  readonly problem: string | undefined;
  /** The kernel dropped the signal that asked it to end; `undefined` where no signal was seen. */
  readonly isIgnored: boolean | undefined;
}

/** Beyond the time that the container is given. */
const PATIENCE_MS = 120_000;

/**
 * Stops a container and removes it.
 * @throws Error where it does not run, or the engine does not stop it
 */
export async function observeStop(
  { engine, probe, clock }: Instruments,
  id: string,
  { seconds }: StopRequest,
  signal: AbortSignal,
): Promise<ObservedStop> {
  const init = await engine.initOf(id);
  if (init === undefined) throw new Error("the container had exited by itself: there was nothing to stop");
  // A probe that sees nothing of it leaves it to client and engine.
  await using _watched = await probe.watch(STOP_WATCH).catch(() => undefined);
  const wall = watchWall(clock);
  await probe.begin();
  const stop_sent = clock.now();
  let ended: { stop_done: ClockNs; removed: ClockNs };
  try {
    const patience = AbortSignal.timeout((seconds ?? 0) * 1e3 + PATIENCE_MS);
    await engine.stop(id, seconds, AbortSignal.any([signal, patience]));
    const stop_done = clock.now();
    await engine.remove(id);
    ended = { stop_done, removed: clock.now() };
    await engine.tornDown(id);
  } catch (error) {
    await probe.end();
    throw error;
  }
  const record = await probe.end();
  const daemonWall = engine.local ? wallBetween(wall()) : "problem" in record ? undefined : record.clock?.wall;
  const left = engine.leftNetworkAt(id);
  const offset = daemonWall === undefined || "problem" in daemonWall ? undefined : daemonWall;
  const network_left = left === undefined || offset === undefined ? undefined : clockNs(left - offset.offset);
  const seen: StopSightings =
    "problem" in record
      ? { milestones: {}, isIgnored: undefined }
      : stopSightings(kernelEvents({ trace: record.lines, kernelClock: record.clock }), {
          ...{ containerId: id, init, networkLeft: network_left, until: ended.stop_done },
        });
  const marks = {
    ...{ stop_sent, ...ended, ...seen.milestones },
    ...(network_left === undefined ? {} : { network_left }),
  };
  const milestones: StopMilestones = Object.fromEntries(
    Object.entries(marks).map(([name, at]) => [name, elapsedNs(stop_sent, at)]),
  );
  return {
    milestones,
    clockError: nanoseconds(
      Math.max(
        "problem" in record ? 0 : (record.clock?.error ?? probe.resolution),
        network_left === undefined ? 0 : (offset?.error ?? 0),
      ),
    ),
    lostEvents: "problem" in record ? 0 : record.lost,
    problem: "problem" in record ? record.problem : undefined,
    isIgnored: seen.isIgnored,
  };
}

/** Starts of a listener that stamps itself: nobody asks it, or it is waited for in one of three ways. */
import type { Instruments } from "../../../benchmarks/design/ports.ts";
import type { Until } from "../../../benchmarks/design/until.ts";
import { observeStart } from "../../../benchmarks/start/observe-start.ts";
import { readyTime } from "../../../benchmarks/start/ready-time.ts";
import { watchListens } from "../../../benchmarks/start/watch-listens.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { elapsedNs, type Nanoseconds } from "../../../research/units.ts";
import { LISTENER, PORT, stampsOf } from "./stamping-listener.ts";

const port: Until = { kind: "port", port: PORT };

/** In the second and third its port is asked; in the second the kernel's word counts. */
export const WAYS = {
  nobody: { until: undefined, isWatched: false },
  kernel: { until: port, isWatched: true },
  connection: { until: port, isWatched: false },
  answer: { until: { kind: "http", port: PORT, path: "/" }, isWatched: false },
} as const satisfies Record<string, { readonly until: Until | undefined; readonly isWatched: boolean }>;

export type WayOfAsking = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as readonly WayOfAsking[];

/** All since the create request, in ns. */
export interface Listened {
  /** Of the listener itself: before and after its call of listen(2). */
  readonly before: Nanoseconds;
  readonly after: Nanoseconds;
  readonly ready: Nanoseconds | null;
  readonly error: Nanoseconds | null;
}

/** @throws Error when the start fails */
export async function observeListener(
  instruments: Instruments,
  image: string,
  way: WayOfAsking,
  signal: AbortSignal,
): Promise<Listened> {
  const { until, isWatched } = WAYS[way];
  await using _listens = isWatched ? await watchListens(instruments.probe, until) : undefined;
  const request = { image, command: LISTENER, timeout: STARTUP.timeout, untilFirstByte: true, until };
  const start = await observeStart(instruments, request, signal);
  if (start.outcome !== "ok") throw new Error(`a start of the listener failed: ${start.problem}`);
  const { before, after } = stampsOf(start);
  const since = (at: typeof before): Nanoseconds => elapsedNs(start.client.create_sent, at);
  const { ready_ns, ready_error_ns } = readyTime(start, timeline({ ...start, wall: undefined }, instruments.probe.resolution));
  return { before: since(before), after: since(after), ready: ready_ns, error: ready_error_ns };
}

/** Whether the true time lies within what was said: not after `ready`, nor before its error allows. */
export const isBounded = ({ before, after, ready, error }: Listened, resolution: number): boolean =>
  ready !== null && error !== null && ready + resolution >= before && ready - error <= after;

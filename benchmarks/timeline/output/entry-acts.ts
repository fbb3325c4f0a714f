/** When the entrypoint acted, from what kernel and client saw, and by which rule that is known. */
import type { ActRule } from "../../../research/act-rule.ts";
import type { ClockNs } from "../../../research/units.ts";
import type { OutputWrite } from "./container-output.ts";

export interface Act {
  readonly at: ClockNs | undefined;
  readonly rule: ActRule;
}

export interface ActSightings {
  readonly writes: readonly OutputWrite[];
  /** Whether descriptors were followed; `undefined` when no kernel was watched or it did not show the entrypoint. */
  readonly isFollowed: boolean | undefined;
  readonly exit: ClockNs | undefined;
  /** By the client, on either stream. */
  readonly firstByte: ClockNs | undefined;
  /** All that the client received of both streams, in bytes; `undefined` where it did not read them to their end. */
  readonly received: number | undefined;
  /** Bound of the error between the two clocks in ns. */
  readonly clockError: number;
}

/**
 * The first write to the container's own output is the act. It is not known where a write before it may have reached that
 * output as well, or where the client had a byte before: then the client's first byte, or that write, whichever was first, is
 * an upper bound. An entrypoint that wrote nothing acted when it exited.
 */
export function entryActs({ writes, isFollowed, exit, firstByte, received, clockError }: ActSightings): Act {
  if (isFollowed === undefined) return { at: firstByte, rule: "client-bound" };
  const own = writes.find(({ stream }) => stream !== "unknown")?.at;
  if (!isFollowed) return { at: own ?? earlier(firstByte, exit), rule: "fd-1" };
  const error = BigInt(Math.ceil(clockError));
  const cameBefore = firstByte !== undefined && (own === undefined || firstByte + error < own);
  // Nothing came: nothing reached the output.
  if (own === undefined && firstByte === undefined) return { at: exit, rule: "own-output" };
  if (!cameBefore && !mayHaveWrittenBefore(own, writes, received)) return { at: own ?? exit, rule: "own-output" };
  return { at: earlier(firstByte, own ?? exit), rule: "client-bound" };
}

/**
 * Whether something may have reached the output before its first known write: a write to an unknown file, or one that the
 * trace does not show. The bytes decide: what the known writes wrote and the client received, to the byte, leaves nothing to
 * others. Time does not: on a busy machine any delivery may take long.
 */
function mayHaveWrittenBefore(own: ClockNs | undefined, writes: readonly OutputWrite[], received: number | undefined): boolean {
  const unknown = writes.filter(({ stream }) => stream === "unknown");
  const isBefore = ({ at }: OutputWrite): boolean => own === undefined || at < own;
  const surplus = received === undefined ? undefined : received - bytesOf(writes.filter(({ stream }) => stream !== "unknown"));
  if (surplus === 0) return false;
  return unknown.some(isBefore) || (surplus !== undefined && surplus > bytesOf(unknown));
}

const bytesOf = (writes: readonly OutputWrite[]): number => writes.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

const earlier = (one: ClockNs | undefined, other: ClockNs | undefined): ClockNs | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;

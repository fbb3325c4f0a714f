/** When the entrypoint acted, from what kernel and client saw, and by which rule that is known. */
import { type ActRule, DELIVERY_LIMIT_MS } from "../../../research/act-rule.ts";
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
  /** Bound of the error between the two clocks in ns. */
  readonly clockError: number;
}

/**
 * The first write to the container's own output is the act. It is not known where a write before it may have reached that
 * output as well, or where the client had a byte before: then the client's first byte, or that write, whichever was first, is
 * an upper bound. What was written longer before the client's first byte than delivery takes did not reach the output. An
 * entrypoint that wrote nothing acted when it exited.
 */
export function entryActs({ writes, isFollowed, exit, firstByte, clockError }: ActSightings): Act {
  if (isFollowed === undefined) return { at: firstByte, rule: "client-bound" };
  const own = writes.find(({ stream }) => stream !== "unknown")?.at;
  if (!isFollowed) return { at: own ?? earlier(firstByte, exit), rule: "fd-1" };
  const error = BigInt(Math.ceil(clockError));
  const delivery = BigInt(DELIVERY_LIMIT_MS) * 1_000_000n + error;
  const isDoubtful = writes.some(
    ({ stream, at }) =>
      stream === "unknown" && (own === undefined || at < own) && (firstByte === undefined || at >= firstByte - delivery),
  );
  const cameBefore = firstByte !== undefined && (own === undefined || firstByte + error < own);
  if (own !== undefined && !isDoubtful && !cameBefore) return { at: own, rule: "own-output" };
  if (own === undefined && firstByte === undefined) return { at: exit, rule: "own-output" };
  return { at: earlier(firstByte, own ?? exit), rule: "client-bound" };
}

const earlier = (one: ClockNs | undefined, other: ClockNs | undefined): ClockNs | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;

/** When a start was ready: by its milestones, by the kernel, or by whoever asked. */
import { type ClockNs, elapsedNs, type Nanoseconds, nanoseconds } from "../../research/units.ts";
import type { Timeline } from "../timeline/timeline.ts";
import type { ObservedStart } from "./observe-start.ts";

export interface ReadyTime {
  /** Since create_sent; `null` where it was not seen. */
  readonly ready_ns: Nanoseconds | null;
  /** How much earlier, or later, it may have been. */
  readonly ready_error_ns: Nanoseconds | null;
}

export const NOT_READY: ReadyTime = { ready_ns: null, ready_error_ns: null };

/** A port is ready when the kernel says that a program of the container listens on it: better than any question. */
export function readyTime(
  { client, ready, until }: Pick<ObservedStart, "client" | "ready" | "until">,
  { milestones, listens, clockError }: Pick<Timeline, "milestones" | "listens" | "clockError">,
): ReadyTime {
  const told = (ready_ns: Nanoseconds | undefined, error: Nanoseconds): ReadyTime =>
    ready_ns === undefined ? NOT_READY : { ready_ns, ready_error_ns: error };
  const since = (at: ClockNs | undefined): Nanoseconds | undefined =>
    at === undefined ? undefined : elapsedNs(client.create_sent, at);
  switch (until?.kind) {
    case undefined:
      return NOT_READY;
    case "acts":
      return told(milestones.entry_acts, clockError);
    case "exits": {
      const { entry_exit, wait_done } = milestones;
      if (entry_exit !== undefined) return told(entry_exit, clockError);
      // The engine tells of it when it has noticed: no bound is known.
      return { ready_ns: wait_done ?? null, ready_error_ns: null };
    }
    case "port": {
      const listen = listens.find(({ port }) => port === until.port);
      if (ready !== undefined && listen !== undefined) return told(since(listen.at), clockError);
      return told(since(ready?.at), ready?.error ?? nanoseconds(0));
    }
    default:
      return told(since(ready?.at), ready?.error ?? nanoseconds(0));
  }
}

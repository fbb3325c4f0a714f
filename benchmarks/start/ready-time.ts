/** When a start was ready: by its milestones, by the kernel, or by whoever asked. */
import { elapsedNs, type Nanoseconds, nanoseconds } from "../../research/units.ts";
import type { Ready } from "../design/ports.ts";
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
  const told = (ready_ns: Nanoseconds | undefined): ReadyTime =>
    ready_ns === undefined ? NOT_READY : { ready_ns, ready_error_ns: clockError };
  const asked = ({ at, notYet }: Ready): ReadyTime => {
    const ready_ns = elapsedNs(client.create_sent, at);
    // No program of it is ready before its first one runs.
    const exec = milestones.entry_exec === undefined ? 0 : milestones.entry_exec - clockError;
    const refused = notYet ?? client.start_sent;
    const before = [exec, refused === undefined ? 0 : elapsedNs(client.create_sent, refused)].filter((time) => time <= ready_ns);
    return { ready_ns, ready_error_ns: nanoseconds(ready_ns - Math.max(0, ...before)) };
  };
  switch (until?.kind) {
    case undefined:
      return NOT_READY;
    case "acts":
      return told(milestones.entry_acts);
    case "exits": {
      const { entry_exit, wait_done } = milestones;
      if (entry_exit !== undefined) return told(entry_exit);
      // The engine tells of it when it has noticed: no bound is known.
      return { ready_ns: wait_done ?? null, ready_error_ns: null };
    }
    case "port": {
      const listen = listens.find(({ port }) => port === until.port);
      if (ready === undefined) return NOT_READY;
      return listen === undefined ? asked(ready) : told(elapsedNs(client.create_sent, listen.at));
    }
    default:
      return ready === undefined ? NOT_READY : asked(ready);
  }
}

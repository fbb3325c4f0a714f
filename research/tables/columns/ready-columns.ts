import { duration, optional, since } from "../../csv/cells.ts";
import type { Nanoseconds } from "../../units.ts";
import { isTrusted, LATE_NS, type StartCheckRow } from "./start-check.ts";

/** A time after the total, and part of no tier. */
export const readyColumns = {
  ready_ns: since(
    2,
    optional(
      duration(
        "when what was waited for was seen, since create_sent: what --until names, or what the experiment does; empty where nothing was, and where it was not seen",
      ),
    ),
  ),
  ready_error_ns: since(
    2,
    optional(
      duration(
        "how much earlier ready_ns may have been: since the last question that was not answered, and at most since the entrypoint began; for a time of the kernel its bound",
      ),
    ),
  ),
};

type ReadyCheckRow = StartCheckRow & { readonly [C in keyof typeof readyColumns]: Nanoseconds | null };

/**
 * What is impossible about when a start was ready. It may be before the entrypoint runs: what listens on a published port may
 * be the engine, from the request to start on.
 */
export function readyCheck(row: ReadyCheckRow): string | undefined {
  const { ready_ns, ready_error_ns, start_sent_ns, removed_ns } = row;
  const error = row.clock_error_ns ?? 0;
  if (ready_ns === null) return ready_error_ns === null ? undefined : "ready_error_ns without ready_ns";
  if ((ready_error_ns ?? 0) > Math.max(ready_ns, error))
    return `ready_error_ns ${ready_error_ns} is more than ready_ns ${ready_ns}: nothing is ready before create_sent`;
  if (!isTrusted(row)) return undefined;
  if (start_sent_ns !== null && ready_ns < start_sent_ns - error)
    return `ready_ns ${ready_ns} is before start_sent at ${start_sent_ns} ns, which has to come first`;
  return removed_ns !== null && ready_ns > removed_ns + LATE_NS + error
    ? `ready_ns ${ready_ns} is after removed at ${removed_ns} ns, when the container was gone`
    : undefined;
}

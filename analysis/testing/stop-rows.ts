/** Rows of stop.csv for tests: stops of about 100 ms, each so many times as long. */
import type { StopMilestone } from "../../research/stop/milestones.ts";
import { stopTable } from "../../research/tables/stop.ts";
import { nanoseconds } from "../../research/units.ts";
import { startupRow } from "./rows.ts";

/** A stop of a container that ends by itself. */
export const WHOLE_STOP_MS = {
  ...{ stop_sent: 0, kill_exec: 10, signal_sent: 30, process_gone: 32, delete_exec: 40, delete_exit: 50 },
  ...{ network_left: 80, unmounted: 81, stop_done: 90, removed: 100 },
} as const satisfies Partial<Record<StopMilestone, number>>;
/** As an engine elsewhere sees it. */
export const UNWATCHED_STOP_MS = { stop_sent: 0, network_left: 80, stop_done: 90, removed: 100 } as const;

export function stopCsv(
  offsets_ms: Partial<Record<StopMilestone, number>>,
  factors: readonly number[] = [1, 1.02, 0.98, 1.05, 0.97, 1.01, 1.2],
): string {
  const { started_unix_ns } = startupRow();
  const rows = factors.map((factor, index) => {
    const times = Object.fromEntries(
      Object.entries(offsets_ms).map(([name, at]) => [`${name}_ns`, nanoseconds(Math.round(at * factor * 1e6))]),
    );
    return stopTable.formatRow({
      ...{ trial: index + 1, session: 1, block: index + 1, warmup: false, entrypoint: "handles", outcome: "ok" },
      ...{ container_id: null, started_unix_ns, reason: null, ...stopTable.unmeasured, ...times },
    });
  });
  return stopTable.header + rows.join("");
}

/**
 * How long the programs that a start runs slept in clock_nanosleep(2), the call behind sleep(1): what was really injected,
 * from events that no milestone is made of.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ownerToken } from "../../../benchmarks/edges/host/owner.ts";
import { lineage, observe } from "../../../benchmarks/timeline/process-tree.ts";
import { parseTraceLine } from "../../../benchmarks/timeline/trace-line.ts";

const CALL = "clock_nanosleep";
const LINE = new RegExp(`^.{16}-(\\d+) +.* (\\d+)\\.(\\d{6}): sys_${CALL}(\\(| -> )`);

/** Lets the open kernel probe of this process record those calls too; they end with its trace instance. */
export function recordSleeps(): void {
  const events = join("/sys/kernel/tracing/instances", `tierbench-${ownerToken}`, "events/syscalls");
  for (const edge of ["enter", "exit"]) writeFileSync(join(events, `sys_${edge}_${CALL}`, "enable"), "1");
}

/**
 * @param trace lines of a start's trace, in the order of time
 * @returns ns, over all tasks below the container's shim
 */
export function sleptNs(trace: readonly string[], containerId: string): bigint {
  const seen = observe(trace.flatMap((line) => parseTraceLine(line) ?? []));
  const joined = seen.find(({ event }) => event.kind === "cgroup_attach" && event.path.includes(containerId));
  // The oldest task of the line that executed a program while we looked is the shim's.
  const shim = joined && lineage(joined.task).find(({ execs }) => execs.length > 0);
  const ours = new Set(shim && seen.filter(({ task }) => lineage(task).includes(shim)).map(({ task }) => task.id));
  const asleep = new Map<string, bigint>();
  let total = 0n;
  for (const line of trace) {
    const [, tid, seconds, micros, edge] = LINE.exec(line) ?? [];
    if (tid === undefined || !ours.has(Number(tid))) continue;
    const at = (BigInt(seconds ?? 0) * 1_000_000n + BigInt(micros ?? 0)) * 1_000n;
    const began = asleep.get(tid);
    if (edge === "(") asleep.set(tid, at);
    else if (began !== undefined) total += at - began;
  }
  return total;
}

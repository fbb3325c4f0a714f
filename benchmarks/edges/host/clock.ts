/** This machine's clocks. */
import { readFileSync } from "node:fs";
import { hrtime } from "node:process";
import { setTimeout } from "node:timers/promises";
import { clockNs } from "../../../research/units.ts";
import type { Clock } from "../../design/ports.ts";
import { offsetAtTick } from "../../timeline/wall-tick.ts";

const TICKS = 3;

/**
 * `process.hrtime` reads CLOCK_MONOTONIC, the clock that the kernel's trace uses with `trace_clock` = mono. The wall
 * clock is readable only in whole milliseconds; the best of a few of its ticks is its offset.
 */
export const machineClock: Clock = {
  now: () => clockNs(hrtime.bigint()),
  wallOffset: () => {
    let best = offsetAtTick(hrtime.bigint, Date.now);
    for (let index = 1; index < TICKS; index += 1) {
      const next = offsetAtTick(hrtime.bigint, Date.now);
      if (next.error < best.error) best = next;
    }
    return best;
  },
  sleep: (time, signal) => setTimeout(time, undefined, { signal }),
};

/**
 * Whether this process reads the kernel's own monotonic clock: in a time namespace (time_namespaces(7)) it is another, by a
 * constant.
 */
export function readsKernelClock(): boolean {
  try {
    return /^monotonic +0 +0$/m.test(readFileSync("/proc/self/timens_offsets", "utf8"));
  } catch {
    return true; // a kernel without time namespaces, or no Linux
  }
}

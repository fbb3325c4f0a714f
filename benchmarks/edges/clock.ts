/** This machine's clocks. */
import { readFileSync } from "node:fs";
import { hrtime } from "node:process";
import { setTimeout } from "node:timers/promises";
import { clockNs, nanoseconds } from "../../research/units.ts";
import type { WallOffset } from "../event-clock.ts";
import type { Clock } from "../ports.ts";

const TICKS = 3;

/**
 * `process.hrtime` reads CLOCK_MONOTONIC, the clock that the kernel's trace uses with `trace_clock` = mono. The wall
 * clock is readable only in whole milliseconds, but the moment at which it ticks is sharp: between two readings of the
 * monotonic clock a microsecond or so apart. The best of a few ticks is the offset, and half that gap its error.
 */
export const machineClock: Clock = {
  now: () => clockNs(hrtime.bigint()),
  wallOffset: () => {
    let best = tick();
    for (let index = 1; index < TICKS; index += 1) {
      const next = tick();
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

/** Waits for the next tick of the wall clock, at most 1 ms. */
function tick(): WallOffset {
  const from = Date.now();
  let before = hrtime.bigint();
  for (;;) {
    const wall = Date.now();
    const after = hrtime.bigint();
    if (wall !== from) {
      const unix = BigInt(wall) * 1_000_000n;
      return { offset: unix - (before + after) / 2n, error: nanoseconds(Number((after - before + 1n) / 2n)) };
    }
    before = after;
  }
}

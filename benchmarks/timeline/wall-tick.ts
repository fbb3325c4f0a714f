import { nanoseconds } from "../../research/units.ts";
import type { WallOffset } from "./event-clock.ts";

/**
 * A wall clock that shows whole milliseconds against a monotonic one in ns. The moment at which it ticks is sharp: it lies
 * between two readings that differ, so between the monotonic readings before the first and after the second. (A process may
 * lose its processor between any two readings.) Waits for the next tick, at most 1 ms.
 */
export function offsetAtTick(monotonic: () => bigint, wallMs: () => number): WallOffset {
  let before = monotonic();
  const from = wallMs();
  let between = monotonic();
  for (;;) {
    const wall = wallMs();
    const after = monotonic();
    if (wall !== from) {
      const unix = BigInt(wall) * 1_000_000n;
      return { offset: unix - (before + after) / 2n, error: nanoseconds(Number((after - before + 1n) / 2n)) };
    }
    before = between;
    between = after;
  }
}

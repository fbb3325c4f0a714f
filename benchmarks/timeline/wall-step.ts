/** Whether a wall clock ran on between two readings, or was set. */
import { type Nanoseconds, nanoseconds } from "../../research/units.ts";
import type { WallOffset } from "./event-clock.ts";

/** A slew of 500 ppm (MAX_TICKADJ in kernel/time/ntp.c) is the fastest that keeps a clock running; what is faster is a step. */
const SLEW_LIMIT = 500_000n;
const SECOND = 1_000_000_000n;

/** A wall clock's offset before and after something, and the time between the two readings. */
export interface WallAround {
  readonly before: WallOffset;
  readonly after: WallOffset;
  readonly elapsed: Nanoseconds;
}

/**
 * The offset in between, with a bound that spans both readings.
 * @returns why there is none: the clock was set
 */
export function wallBetween({ before, after, elapsed }: WallAround): WallOffset | { readonly problem: string } {
  const moved = after.offset - before.offset;
  const allowed = BigInt(before.error + after.error) + (BigInt(elapsed) * SLEW_LIMIT) / SECOND;
  if ((moved < 0n ? -moved : moved) > allowed) {
    const ms = (ns: bigint): string => `${(Number(ns) / 1e6).toFixed(3)} ms`;
    return {
      problem: `Docker's events are left out: the wall clock was set by ${ms(moved)} within ${ms(BigInt(elapsed))}, a slew explains ${ms(allowed)}`,
    };
  }
  const low = least(before.offset - BigInt(before.error), after.offset - BigInt(after.error));
  const high = -least(-before.offset - BigInt(before.error), -after.offset - BigInt(after.error));
  return { offset: (low + high) / 2n, error: nanoseconds(Number((high - low + 1n) / 2n)) };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

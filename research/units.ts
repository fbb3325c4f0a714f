/**
 * Units as types. A number of nanoseconds cannot be passed where milliseconds are expected, and the casts that make
 * such numbers stand here alone.
 */
declare const unit: unique symbol;
type Unit<T, U extends string> = T & { readonly [unit]: U };

/** A reading of a clock in integer nanoseconds. Only differences of two readings of the same clock mean anything. */
export type ClockNs = Unit<bigint, "clock ns">;
/** A duration, or an offset from `create_sent`, in integer nanoseconds (exact as a double up to 104 days). */
export type Nanoseconds = Unit<number, "ns">;
/** A duration in milliseconds, for statistics and display; never stored. */
export type Milliseconds = Unit<number, "ms">;
/** Nanoseconds since 1970-01-01 UTC (wall clock). */
export type UnixNs = Unit<bigint, "unix ns">;

export const clockNs = (reading: bigint): ClockNs => reading as ClockNs;
export const unixNs = (reading: bigint): UnixNs => reading as UnixNs;

/** @throws RangeError when `count` is not an integer that a double holds exactly. */
export function nanoseconds(count: number): Nanoseconds {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number of nanoseconds: ${count}`);
  return count as Nanoseconds;
}

/** `to − from`, subtracted as integers before anything is converted. */
export const elapsedNs = (from: ClockNs, to: ClockNs): Nanoseconds => nanoseconds(Number(to - from));

/** A difference of two offsets from the same origin. */
export const durationNs = (begin: Nanoseconds, end: Nanoseconds): Nanoseconds => (end - begin) as Nanoseconds;

export const toMilliseconds = (ns: Nanoseconds): Milliseconds => (ns / 1e6) as Milliseconds;
export const milliseconds = (count: number): Milliseconds => count as Milliseconds;

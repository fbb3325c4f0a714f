/**
 * The kernel of a remote engine stamps its trace with a clock that is not the client's. Markers join the two: the client
 * asks for one, the kernel stamps it, the client reads the answer.
 *
 * One marker (F. Cristian, "Probabilistic clock synchronization", Distributed Computing 3, 1989): the stamp K was taken
 * between the client's readings S (request sent) and R (answer read), wherever in between, so that
 *
 *   kernel − client = K − (S + R) / 2  ±  (R − S) / 2
 *
 * Two markers, before and after a start: in between the offset is interpolated. Of a rate that stays as it is the
 * interpolated offset errs by no more than its ends do. A rate that changes in between by at most W takes the offset away
 * from the straight line by at most W · T / 4, T being the time between the markers (the worst is one change, half-way).
 */
import { type ClockNs, clockNs, elapsedNs, type Nanoseconds, nanoseconds } from "../../research/units.ts";
import type { WallOffset } from "./event-clock.ts";
import { wallBetween } from "./wall-step.ts";

/**
 * The fastest at which two healthy clocks drift apart, in ns per second: a kernel corrects its clock's rate by at most
 * 500 ppm (MAXFREQ in linux/timex.h), two of them differ by at most twice that. What is faster is called a step.
 */
const DRIFT_LIMIT = 1_000_000n;
/** W above: a slew of 500 ppm (MAX_TICKADJ in kernel/time/ntp.c), the fastest of adjtime(3), begins or ends in between. */
const RATE_CHANGE_LIMIT = 500_000n;
const SECOND = 1_000_000_000n;

export interface Marker {
  /** Client's clock: about to ask for the marker. */
  readonly sent: ClockNs;
  /** Client's clock: the answer has been read. */
  readonly received: ClockNs;
  /** Kernel's clock. */
  readonly stamped: ClockNs;
}

/** kernel's clock − client's clock = `offset` ± `error`, at the kernel's time `at`. */
export interface ClockOffset {
  readonly at: ClockNs;
  readonly offset: bigint;
  readonly error: Nanoseconds;
}

/** @param resolution error of the stamp itself in ns */
export const offsetOf = ({ sent, received, stamped }: Marker, resolution: number): ClockOffset => ({
  at: stamped,
  offset: stamped - (sent + received) / 2n,
  error: nanoseconds(Number((received - sent + 1n) / 2n) + resolution),
});

/** The one with the quickest round trip. @returns `undefined` for none */
export const bestOffset = (offsets: readonly ClockOffset[]): ClockOffset | undefined =>
  offsets.reduce<ClockOffset | undefined>(
    (best, next) => (best === undefined || next.error < best.error ? next : best),
    undefined,
  );

export interface ClockMapping {
  readonly toClient: (kernel: ClockNs) => ClockNs;
  /** Bound of the error of every time between the two markers. */
  readonly error: Nanoseconds;
}

/** @returns why the clocks cannot be mapped: between the two offsets lies a step */
export function mapClocks(before: ClockOffset, after: ClockOffset): ClockMapping | { readonly problem: string } {
  const span = after.at - before.at;
  const moved = after.offset - before.offset;
  const allowed = BigInt(before.error + after.error) + (span * DRIFT_LIMIT) / SECOND;
  if (span <= 0n || (moved < 0n ? -moved : moved) > allowed) {
    const ms = (ns: bigint): string => `${(Number(ns) / 1e6).toFixed(3)} ms`;
    return {
      problem: `the clocks of client and engine moved apart by ${ms(moved)} within ${ms(span)}, drift explains only ${ms(allowed)}: one was stepped or suspended`,
    };
  }
  const bend = (span * RATE_CHANGE_LIMIT) / SECOND / 4n + 1n;
  return {
    toClient: (kernel) => clockNs(kernel - before.offset - (moved * (kernel - before.at)) / span),
    error: nanoseconds(Math.max(before.error, after.error) + Number(bend)),
  };
}

/** The engine's wall clock read between two stamps of its kernel. */
export interface WallReading {
  readonly before: ClockNs;
  /** Nanoseconds since 1970, cut off to `grain` ns. */
  readonly wall: bigint;
  readonly grain: bigint;
  readonly after: ClockNs;
}

/**
 * The engine's wall clock against the client's monotonic clock, by the tightest reading before a start and the tightest
 * after it; the bound spans both.
 * @returns `undefined` when one of them is missing; why there is none when the wall clock was set in between
 */
export function wallAgainstClient(
  before: readonly WallReading[],
  after: readonly WallReading[],
  mapping: ClockMapping,
): WallOffset | { readonly problem: string } | undefined {
  const [first, last] = [tightest(before), tightest(after)];
  if (first === undefined || last === undefined) return undefined;
  const [earlier, later] = [spanOf(first, mapping), spanOf(last, mapping)];
  return wallBetween({ before: earlier, after: later, elapsed: elapsedNs(first.before, last.after) });
}

const tightest = (readings: readonly WallReading[]): WallReading | undefined =>
  [...readings].sort((a, b) => Number(a.after - a.before - (b.after - b.before)))[0];

/** What the offset may be, by one reading. */
function spanOf({ before, wall, grain, after }: WallReading, mapping: ClockMapping): WallOffset {
  const error = BigInt(mapping.error);
  const [low, high] = [wall - mapping.toClient(after) - error, wall + grain - mapping.toClient(before) + error];
  return { offset: (low + high) / 2n, error: nanoseconds(Number((high - low + 1n) / 2n)) };
}

/**
 * Where the time of a condition went, phase by phase. Medians of phases do not add up to the median of the total, so
 * the share is that of the summed time: shares add up to 100 %, as the phases of every start add up to its total.
 */
import { PHASE_NAMES } from "../../research/phases.ts";
import { durationNs, type Nanoseconds, toMilliseconds } from "../../research/units.ts";
import { MOST_TRIALS_FOR_INTERVAL, type ShareInterval, sharePct } from "../samples/share.ts";
import type { Interval } from "../statistics/interval.ts";
import { sum } from "../statistics/sum.ts";
import { type PhaseKind, partName, type Start, totalOf } from "../subjects/starts.ts";

/** A phase with just these phases enclosed: one that encloses more is another quantity. */
export interface PhaseTimes {
  readonly kind: PhaseKind;
  /** Of the starts in which it was seen, in ms. */
  readonly times_ms: readonly number[];
  /** Which start each belongs to, from 0. */
  readonly places: readonly number[];
}

/** The phases that these starts have, in their usual order. */
export function phaseKinds(starts: readonly Start[]): PhaseKind[] {
  const parts = new Map<string, PhaseKind>();
  const alike = new Set(starts.map(({ kinds }) => kinds));
  for (const kinds of alike) for (const kind of kinds) parts.set(partName(kind), kind);
  return [...parts.values()].sort((a, b) => PHASE_NAMES.indexOf(a.phase) - PHASE_NAMES.indexOf(b.phase));
}

/** Of one phase; there may be a million starts, so that not all phases are held at a time. */
export function phaseTimes(starts: readonly Start[], kind: PhaseKind): PhaseTimes {
  const name = partName(kind);
  const placeIn = new Map<Start["kinds"], number>();
  const [times_ms, places]: [number[], number[]] = [[], []];
  let last: Start["kinds"] | undefined;
  let place = -1;
  for (let start = 0; start < starts.length; start += 1) {
    const { kinds, bounds_ns } = starts[start] as Start;
    if (kinds !== last) {
      place = placeIn.get(kinds) ?? kinds.findIndex((each) => partName(each) === name);
      placeIn.set(kinds, place);
      last = kinds;
    }
    if (place < 0) continue;
    times_ms.push(toMilliseconds(durationNs(bounds_ns[place] as Nanoseconds, bounds_ns[place + 1] as Nanoseconds)));
    places.push(start);
  }
  return { kind, times_ms, places };
}

export interface Share {
  readonly share_pct: number;
  /** 95 %, Fieller's, of part and total together. */
  readonly share_ci: Interval | null;
}

/** @param totals_ms of all starts @param intervalOf share of these totals */
export const phaseShare = (phase: PhaseTimes, totals_ms: readonly number[], intervalOf: ShareInterval): Share => ({
  share_pct: sharePct(sum(phase.times_ms), sum(totals_ms)),
  share_ci: totals_ms.length > MOST_TRIALS_FOR_INTERVAL ? null : intervalOf(ofEachStart(phase, totals_ms.length)),
});

/** One time a start; a phase that did not happen took no time. */
export function ofEachStart({ times_ms, places }: PhaseTimes, count: number): number[] {
  const all = new Array<number>(count).fill(0);
  for (const [index, place] of places.entries()) all[place] = times_ms[index] as number;
  return all;
}

/** Of each phase, without intervals, which take longer. */
export function shareOfPhases(starts: readonly Start[]): (PhaseKind & Pick<Share, "share_pct">)[] {
  const total_ms = sum(starts.map((start) => toMilliseconds(totalOf(start))));
  return phaseKinds(starts).map((kind) => ({ ...kind, share_pct: sharePct(sum(phaseTimes(starts, kind).times_ms), total_ms) }));
}

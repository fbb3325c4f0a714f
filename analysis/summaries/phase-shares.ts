/**
 * Where the time of a condition went, phase by phase. Medians of phases do not add up to the median of the total, so
 * the share is that of the summed time: shares add up to 100 %, as the phases of every start add up to its total.
 */
import { PHASE_NAMES } from "../../research/phases.ts";
import { type Nanoseconds, toMilliseconds } from "../../research/units.ts";
import { MOST_TRIALS_FOR_INTERVAL, type ShareInterval, sharePct } from "../samples/share.ts";
import type { Interval } from "../statistics/interval.ts";
import { sum } from "../statistics/sum.ts";
import { type PhaseKind, partName, type Start } from "../subjects/starts.ts";

/** A phase with just these phases enclosed: one that encloses more is another quantity. */
export interface PhaseTimes {
  readonly kind: PhaseKind;
  /** Of the starts in which it was seen, in ms. */
  readonly times_ms: readonly number[];
  /** Which start each belongs to, from 0. */
  readonly places: readonly number[];
}

/** In the phases' usual order. */
export function phaseTimes(starts: readonly Start[]): PhaseTimes[] {
  const found = new Map<string, { kind: PhaseKind; times_ms: number[]; places: number[] }>();
  const ofKinds = new Map<readonly PhaseKind[], { times_ms: number[]; places: number[] }[]>();
  for (const [place, { kinds, bounds_ns }] of starts.entries()) {
    let columns = ofKinds.get(kinds);
    if (columns === undefined) {
      columns = kinds.map((kind) => {
        const column = found.get(partName(kind)) ?? { kind, times_ms: [], places: [] };
        found.set(partName(kind), column);
        return column;
      });
      ofKinds.set(kinds, columns);
    }
    for (const [index, column] of columns.entries()) {
      column.times_ms.push(toMilliseconds(((bounds_ns[index + 1] as number) - (bounds_ns[index] as number)) as Nanoseconds));
      column.places.push(place);
    }
  }
  return [...found.values()].sort((a, b) => PHASE_NAMES.indexOf(a.kind.phase) - PHASE_NAMES.indexOf(b.kind.phase));
}

export interface Share {
  readonly share_pct: number;
  /** 95 %, bootstrapped jointly with the totals over trials. */
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

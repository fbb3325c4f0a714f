/** The starts of a condition as one waterfall: the median of each phase, one after the other. */
import { toMilliseconds } from "../../research/units.ts";
import { describeSamples } from "../samples/describe.ts";
import { grouped } from "../samples/grouped.ts";
import { describeSessions } from "../samples/sessions.ts";
import { sharePct } from "../samples/share.ts";
import type { Interval } from "../statistics/interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { type PhaseKind, partName, phasesOf, type Start } from "../subjects/starts.ts";
import { levelOf } from "./described.ts";

export interface MedianPhase extends PhaseKind {
  /** The sum of the medians before it. */
  readonly begin_ms: number;
  readonly median_ms: number;
  /** 95 %, over sessions from three on, otherwise by order statistics. */
  readonly median_ci: Interval | null;
}

export interface MedianPhases {
  /** Starts with the same phases: the most usual ones, the others are left out. */
  readonly n: number;
  /** In the order in which they happened. Medians do not add up: the last does not end at the median of the totals. */
  readonly phases: readonly MedianPhase[];
}

/**
 * @param sessions of each start; `null` where they are not told apart
 * @returns `null` when no start is split into phases
 */
export function medianPhases(starts: readonly Start[], sessions: readonly number[] | null): MedianPhases | null {
  const kindsOf = (place: number): string => (starts[place] as Start).kinds.map(partName).join(" ");
  const places = [...grouped(starts.keys(), kindsOf).values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const alike = places.map((place) => starts[place] as Start);
  const ofAlike = sessions && places.map((place) => sessions[place] as number);
  const [first] = alike;
  if (first === undefined || first.kinds.length === 0) return null;
  const split = alike.map(phasesOf);
  let begin_ms = 0;
  const phases = first.kinds.map((kind, place) => {
    const durations = split.flatMap((start) => start[place] ?? []).map(({ duration_ns }) => toMilliseconds(duration_ns));
    const samples = sortedSamples(durations);
    const described = { ...describeSamples(samples), sessions: ofAlike && describeSessions(durations, ofAlike, samples) };
    const { value, ends } = levelOf({ ...described, intervals: "independent" });
    const median_ms = value ?? described.median;
    const phase = { ...kind, begin_ms, median_ms, median_ci: ends };
    begin_ms += median_ms;
    return phase;
  });
  return { n: alike.length, phases };
}

/** Percentage points between a phase's share of the summed time and what its median is of the median total. */
const FAR_PCT = 5;

/** Whether outliers hold so much of the summed time that a share of it is not that of the median start. */
export const isFarFromMedians = (share_pct: number, median_ms: number, total_ms: number): boolean =>
  Math.abs(share_pct - sharePct(median_ms, total_ms)) > FAR_PCT;

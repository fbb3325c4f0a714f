/** The starts of a condition as one waterfall: the median of each phase, one after the other. */
import { toMilliseconds } from "../../research/units.ts";
import { describeSamples } from "../samples/describe.ts";
import { grouped } from "../samples/grouped.ts";
import type { Interval } from "../statistics/interval.ts";
import { unsortedMedian } from "../statistics/one-sample/unsorted-median.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { type PhaseKind, partName, phasesOf, type Start, totalOf } from "../subjects/starts.ts";

export interface MedianPhase extends PhaseKind {
  /** The sum of the medians before it. */
  readonly begin_ms: number;
  readonly median_ms: number;
  /** 95 %, order statistics. */
  readonly median_ci: Interval | null;
}

export interface MedianPhases {
  /** Starts with the same phases: the most usual ones, the others are left out. */
  readonly n: number;
  /** Median of their totals. Medians do not add up: it is not where the last phase ends. */
  readonly total_ms: number;
  /** In the order in which they happened. */
  readonly phases: readonly MedianPhase[];
}

/** @returns `null` when no start is split into phases */
export function medianPhases(starts: readonly Start[]): MedianPhases | null {
  const alike = [...grouped(starts, ({ kinds }) => kinds.map(partName).join(" ")).values()].sort(
    (a, b) => b.length - a.length,
  )[0];
  const [first] = alike ?? [];
  if (alike === undefined || first === undefined || first.kinds.length === 0) return null;
  const split = alike.map(phasesOf);
  let begin_ms = 0;
  const phases = first.kinds.map((kind, place) => {
    const durations = split.flatMap((start) => start[place] ?? []).map(({ duration_ns }) => toMilliseconds(duration_ns));
    const { median, median_ci } = describeSamples(sortedSamples(durations));
    const phase = { ...kind, begin_ms, median_ms: median, median_ci };
    begin_ms += median;
    return phase;
  });
  return { n: alike.length, total_ms: unsortedMedian(alike.map((start) => toMilliseconds(totalOf(start)))), phases };
}

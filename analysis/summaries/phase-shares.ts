/**
 * Where the time of a condition went, phase by phase. Medians of phases do not add up to the median of the total, so
 * the share is that of the summed time: shares add up to 100 %, as the phases of every start add up to its total.
 */
import { PHASE_NAMES, type Phase, type PhaseName, type Tier } from "../../research/phases.ts";
import { toMilliseconds } from "../../research/units.ts";
import { MOST_TRIALS_FOR_INTERVAL, type ShareInterval, sharePct } from "../samples/share.ts";
import type { Interval } from "../statistics/interval.ts";
import { unsortedMedian } from "../statistics/one-sample/unsorted-median.ts";
import { sum } from "../statistics/sum.ts";

export interface PhaseSummary {
  readonly phase: PhaseName;
  /** `null` when the phase encloses time of another tier that cannot be told apart. */
  readonly tier: Tier | null;
  /** Trials in which the phase was seen, with just these phases enclosed. */
  readonly n: number;
  readonly median_ms: number;
  /** 100 × summed duration of the phase / summed total of all trials of the condition. */
  readonly share_pct: number;
  /** 95 %, bootstrapped jointly with the totals over trials. */
  readonly share_ci: Interval | null;
  /** Phases whose beginning was not seen and whose time, if any, is in here. */
  readonly encloses: readonly PhaseName[];
}

interface Tally {
  readonly phase: Phase;
  readonly durations_ms: number[];
  /** Which trial of the condition each duration belongs to, from 0; of the first trials, as many as an interval takes. */
  readonly trials: number[];
}

/** The durations gathered so far; one entry a phase and what it encloses, as one that encloses more is another quantity. */
export type PhaseTallies = Map<string, Tally>;

/** Adds the phases of one start. @param trial its place in the condition, from 0 */
export function tallyPhases(tallies: PhaseTallies, phases: readonly Phase[], trial: number): void {
  for (const phase of phases) {
    const key = phase.encloses.length === 0 ? phase.phase : [phase.phase, ...phase.encloses].join(" ");
    let tally = tallies.get(key);
    if (tally === undefined) {
      tally = { phase, durations_ms: [], trials: [] };
      tallies.set(key, tally);
    }
    tally.durations_ms.push(toMilliseconds(phase.duration_ns));
    if (trial < MOST_TRIALS_FOR_INTERVAL) tally.trials.push(trial);
  }
}

/** The phases in their usual order. @param totals_ms of all trials of the condition @param intervalOf share of these totals */
export function summarisePhases(tallies: PhaseTallies, totals_ms: readonly number[], intervalOf: ShareInterval): PhaseSummary[] {
  const summedTotal_ms = sum(totals_ms);
  return [...tallies.values()]
    .sort((a, b) => PHASE_NAMES.indexOf(a.phase.phase) - PHASE_NAMES.indexOf(b.phase.phase))
    .map(({ phase: { phase, tier, encloses }, durations_ms, trials }) => ({
      phase,
      tier,
      n: durations_ms.length,
      median_ms: unsortedMedian(durations_ms),
      share_pct: sharePct(sum(durations_ms), summedTotal_ms),
      share_ci: totals_ms.length > MOST_TRIALS_FOR_INTERVAL ? null : intervalOf(byTrial(durations_ms, trials, totals_ms.length)),
      encloses,
    }));
}

/** One duration a trial; a phase that did not happen took no time. */
function byTrial(durations_ms: readonly number[], trials: readonly number[], count: number): number[] {
  const all = new Array<number>(count).fill(0);
  for (const [index, trial] of trials.entries()) all[trial] = durations_ms[index] as number;
  return all;
}

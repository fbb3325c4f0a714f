/**
 * Where the time of a condition went, phase by phase. Medians of phases do not add up to the median of the total, so
 * the share is that of the summed time: shares add up to 100 %, as the phases of every start add up to its total.
 */
import { PHASE_NAMES, type Phase, type PhaseName, type Tier } from "../research/phases.ts";
import { toMilliseconds } from "../research/units.ts";
import { sharePct, sum } from "./share.ts";
import { median } from "./statistics/median.ts";
import { sortedSamples } from "./statistics/sorted-samples.ts";

export interface PhaseSummary {
  readonly phase: PhaseName;
  /** `null` when the phase encloses time of another tier that can not be told apart. */
  readonly tier: Tier | null;
  /** Trials in which the phase was seen, with just these phases enclosed. */
  readonly n: number;
  readonly median_ms: number;
  /** 100 × summed duration of the phase / summed total of all trials of the condition. */
  readonly share_pct: number;
  /** Phases whose beginning was not seen and whose time, if any, is in here. */
  readonly encloses: readonly PhaseName[];
}

interface Tally {
  readonly phase: Phase;
  readonly durations_ms: number[];
}

/** The durations gathered so far; one entry a phase and what it encloses, as one that encloses more is another quantity. */
export type PhaseTallies = Map<string, Tally>;

/** Adds the phases of one start. */
export function tallyPhases(tallies: PhaseTallies, phases: readonly Phase[]): void {
  for (const phase of phases) {
    const key = [phase.phase, ...phase.encloses].join(" ");
    const tally = tallies.get(key) ?? { phase, durations_ms: [] };
    if (tally.durations_ms.length === 0) tallies.set(key, tally);
    tally.durations_ms.push(toMilliseconds(phase.duration_ns));
  }
}

/** The phases in their usual order. @param summedTotal_ms of the same trials */
export function summarisePhases(tallies: PhaseTallies, summedTotal_ms: number): PhaseSummary[] {
  return [...tallies.values()]
    .sort((a, b) => PHASE_NAMES.indexOf(a.phase.phase) - PHASE_NAMES.indexOf(b.phase.phase))
    .map(({ phase: { phase, tier, encloses }, durations_ms }) => ({
      phase,
      tier,
      n: durations_ms.length,
      median_ms: median(sortedSamples(durations_ms)),
      share_pct: sharePct(sum(durations_ms), summedTotal_ms),
      encloses,
    }));
}

/** Where the time of starts went, phase by phase: shares of the summed time, with what each start has of them. */
import { PHASE_NAMES, type PhaseName, type Tier } from "../../research/phases.ts";
import { shareIntervals, sharePct } from "../samples/share.ts";
import type { Interval } from "../statistics/interval.ts";
import { sum } from "../statistics/sum.ts";
import type { StartPhases } from "../subjects/measurement.ts";

export interface PhaseShare {
  readonly phase: PhaseName;
  readonly tier: Tier | null;
  readonly encloses: readonly PhaseName[];
  readonly share_pct: number;
  /** 95 %, phase and total bootstrapped jointly over starts. */
  readonly share_ci: Interval | null;
  /** Mean over all starts; a phase that did not happen took no time. */
  readonly mean_ms: number;
  /** Of each start's own total. */
  readonly shares_pct: readonly number[];
}

/** In the phases' usual order; they add up to 100 %. @param starts not empty, each with a total above 0 */
export function phaseSharesOfStarts(starts: readonly StartPhases[]): PhaseShare[] {
  const totals = starts.map(({ phases }) => sum(phases.map(({ ms }) => ms)));
  const intervalOf = shareIntervals(totals);
  const found = new Map<string, { phase: StartPhases["phases"][number]; times: number[] }>();
  for (const [index, { phases }] of starts.entries()) {
    for (const phase of phases) {
      const key = [phase.phase, ...phase.encloses].join(" ");
      const { times } = found.get(key) ?? { times: new Array<number>(starts.length).fill(0) };
      times[index] = phase.ms;
      found.set(key, { phase, times });
    }
  }
  return [...found.values()]
    .sort((a, b) => PHASE_NAMES.indexOf(a.phase.phase) - PHASE_NAMES.indexOf(b.phase.phase))
    .map(({ phase: { phase, tier, encloses }, times }) => ({
      ...{ phase, tier, encloses },
      share_pct: sharePct(sum(times), sum(totals)),
      share_ci: intervalOf(times),
      mean_ms: sum(times) / starts.length,
      shares_pct: times.map((time, index) => sharePct(time, totals[index] as number)),
    }));
}

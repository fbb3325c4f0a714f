/** Starts made of phases that follow one another, for tests. */
import { PHASES, type PhaseName } from "../../research/phases.ts";
import { nanoseconds } from "../../research/units.ts";
import type { Start } from "../subjects/starts.ts";

/** @param times_ms in the order in which the phases happened */
export function startTaking(
  times_ms: Partial<Record<PhaseName, number>>,
  encloses: Partial<Record<PhaseName, readonly PhaseName[]>> = {},
): Start {
  const phases = Object.entries(times_ms) as [PhaseName, number][];
  let end = 0;
  const ends = phases.map(([, ms]) => {
    end += Math.round(ms * 1e6);
    return nanoseconds(end);
  });
  return {
    kinds: phases.map(([phase]) => ({ phase, tier: PHASES[phase].tier, encloses: encloses[phase] ?? [] })),
    bounds_ns: phases.length === 0 ? [] : [nanoseconds(0), ...ends],
  };
}

/**
 * Why two conditions differ: the difference of the medians, split by phase. Medians do not add up, so what the phases
 * leave over, or claim too much, is stated as a remainder.
 *
 * Two starts may be split unlike: a runtime that hides a milestone gives its time to the phase that encloses it. Both
 * sides are therefore brought to the finest split that both can show, before anything is subtracted. A phase that did
 * not happen (a hook) took no time.
 */
import { PHASE_NAMES, PHASES, type PhaseName, type Tier } from "../../research/phases.ts";
import { nanoseconds, toMilliseconds } from "../../research/units.ts";
import { sum } from "../statistics/sum.ts";
import type { PhaseKind, Start } from "../subjects/starts.ts";

/** A phase, or several that cannot be separated on both sides. */
export interface PhaseGroup {
  readonly phases: readonly PhaseName[];
  /** `null` when the group holds phases of several tiers. */
  readonly tier: Tier | null;
  /** One time a start, in ms. */
  readonly a_ms: readonly number[];
  readonly b_ms: readonly number[];
}

export function groupPhases(a: readonly Start[], b: readonly Start[]): PhaseGroup[] {
  const leader = commonSplit([...a, ...b]);
  const groups = PHASE_NAMES.filter((name) => leader(name) === name);
  return groups.flatMap((group) => {
    const phases = PHASE_NAMES.filter((name) => leader(name) === group);
    const times = (starts: readonly Start[]): number[] =>
      starts.map(({ kinds, bounds_ns }) => {
        const within = (index: number): boolean => leader((kinds[index] as PhaseKind).phase) === group;
        const time = (index: number): number => (bounds_ns[index + 1] as number) - (bounds_ns[index] as number);
        return toMilliseconds(nanoseconds(sum([...kinds.keys()].filter(within).map(time))));
      });
    const [a_ms, b_ms] = [times(a), times(b)];
    if (![...a_ms, ...b_ms].some((ms) => ms > 0)) return [];
    const tiers = new Set(phases.map((name) => PHASES[name].tier));
    return [{ phases, tier: tiers.size === 1 ? PHASES[group].tier : null, a_ms, b_ms }];
  });
}

/**
 * What encloses the start of the shim was seen by no kernel probe, which would have shown a hook: that it did not happen is not
 * known then, and it may lie between what is enclosed.
 */
const hiddenIn = ({ phase, encloses }: PhaseKind): readonly PhaseName[] =>
  encloses.includes("shim_start")
    ? PHASE_NAMES.slice(PHASE_NAMES.indexOf(phase) + 1, PHASE_NAMES.indexOf(encloses.at(-1) as PhaseName) + 1)
    : encloses;

/** Phases that some start does not tell apart have the same leader: the first of them. */
function commonSplit(starts: readonly Start[]): (name: PhaseName) => PhaseName {
  const leaders = new Map<PhaseName, PhaseName>(PHASE_NAMES.map((name) => [name, name]));
  const find = (name: PhaseName): PhaseName => {
    const next = leaders.get(name) ?? name;
    return next === name ? name : find(next);
  };
  for (const kinds of new Set(starts.map((start) => start.kinds))) {
    for (const kind of kinds) {
      const { phase } = kind;
      for (const hidden of hiddenIn(kind)) {
        const [first, second] = [find(phase), find(hidden)].sort((x, y) => PHASE_NAMES.indexOf(x) - PHASE_NAMES.indexOf(y)) as [
          PhaseName,
          PhaseName,
        ];
        leaders.set(second, first);
      }
    }
  }
  return find;
}

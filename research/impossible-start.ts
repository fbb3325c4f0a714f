/** Whether the times of a start are possible: nothing happens before the start was requested, and no effect before its cause. */
import { CAUSES, MILESTONE_NAMES, type Milestone } from "./milestones.ts";

/** Offset from create_sent in ns, `null` where the milestone was not seen. */
export type OffsetOf = (milestone: Milestone) => number | null;

const PAIRS = MILESTONE_NAMES.flatMap((effect) => (CAUSES[effect] ?? []).map((cause) => ({ cause, effect })));
/** Of each pair the places in {@link MILESTONE_NAMES}: plain numbers, as a file may hold a million starts. */
const CAUSE_PLACES = PAIRS.map(({ cause }) => MILESTONE_NAMES.indexOf(cause));
const EFFECT_PLACES = PAIRS.map(({ effect }) => MILESTONE_NAMES.indexOf(effect));

/**
 * @param error bound of the error of each time, in ns: as far as that the order of two may be turned
 * @param longest after which a start is no longer waited for, in ns
 * @returns what is impossible, in words that name the milestone; `undefined` where nothing is
 */
export function impossibleStart(offsetOf: OffsetOf, error: number, longest = Number.POSITIVE_INFINITY): string | undefined {
  // Each looked up once. No comparison with NaN is true.
  const offsets = MILESTONE_NAMES.map((milestone) => offsetOf(milestone) ?? Number.NaN);
  for (let place = 0; place < offsets.length; place += 1) {
    const at = offsets[place] as number;
    if (at > longest + error)
      return `${MILESTONE_NAMES[place]} at ${at} ns is after the ${longest / 1e9} s after which a trial is stopped`;
    if (at < -error) return `${MILESTONE_NAMES[place]} at ${at} ns is before create_sent${beyond(error)}`;
  }
  for (let index = 0; index < PAIRS.length; index += 1) {
    const before = offsets[CAUSE_PLACES[index] as number] as number;
    const after = offsets[EFFECT_PLACES[index] as number] as number;
    if (after < before - error)
      return `${PAIRS[index]?.effect} at ${after} ns is before ${PAIRS[index]?.cause} at ${before} ns, which has to come first${beyond(error)}`;
  }
  return undefined;
}

export const beyond = (error: number): string => `, by more than the error of ${error} ns allows`;

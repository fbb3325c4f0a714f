/** Whether the times of a start are possible: nothing happens before the start was requested, and no effect before its cause. */
import { CAUSES, MILESTONE_NAMES, type Milestone } from "./milestones.ts";

/** Offset from create_sent in ns, `null` where the milestone was not seen. */
export type OffsetOf = (milestone: Milestone) => number | null;

/** Places in {@link MILESTONE_NAMES} of causes and their effects. */
const PAIRS = MILESTONE_NAMES.flatMap((effect, place) =>
  (CAUSES[effect] ?? []).map((cause) => [MILESTONE_NAMES.indexOf(cause), place] as const),
);

/**
 * @param error bound of the error of each time, in ns: as far as that the order of two may be turned
 * @param longest after which a start is no longer waited for, in ns
 * @returns what is impossible, in words that name the milestone; `undefined` where nothing is
 */
export function impossibleStart(offsetOf: OffsetOf, error: number, longest = Number.POSITIVE_INFINITY): string | undefined {
  // Each looked up once, as a file may hold a million starts. No comparison with NaN is true.
  const offsets = MILESTONE_NAMES.map((milestone) => offsetOf(milestone) ?? Number.NaN);
  for (let place = 0; place < offsets.length; place += 1) {
    const at = offsets[place] as number;
    if (at > longest + error)
      return `${MILESTONE_NAMES[place]} at ${at} ns is after the ${longest / 1e9} s after which a trial is stopped`;
    if (at < -error) return `${MILESTONE_NAMES[place]} at ${at} ns is before create_sent${beyond(error)}`;
  }
  for (let index = 0; index < PAIRS.length; index += 1) {
    const [cause, effect] = PAIRS[index] as (typeof PAIRS)[number];
    const [before, after] = [offsets[cause] as number, offsets[effect] as number];
    if (after < before - error)
      return `${MILESTONE_NAMES[effect]} at ${after} ns is before ${MILESTONE_NAMES[cause]} at ${before} ns, which has to come first${beyond(error)}`;
  }
  return undefined;
}

export const beyond = (error: number): string => `, by more than the error of ${error} ns allows`;

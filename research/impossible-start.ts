/** Whether the times of a start are possible: nothing happens before the start was requested, and no effect before its cause. */
import { CAUSES, MILESTONE_NAMES, type Milestone } from "./milestones.ts";

/** Offset from create_sent in ns, `null` where the milestone was not seen. */
export type OffsetOf = (milestone: Milestone) => number | null;

const PAIRS = MILESTONE_NAMES.flatMap((effect) => (CAUSES[effect] ?? []).map((cause) => [cause, effect] as const));

/**
 * @param error bound of the error of each time, in ns: as far as that the order of two may be turned
 * @returns what is impossible, in words that name the milestone; `undefined` where nothing is
 */
export function impossibleStart(offsetOf: OffsetOf, error: number): string | undefined {
  for (const milestone of MILESTONE_NAMES) {
    const at = offsetOf(milestone);
    if (at !== null && at < -error) return `${milestone} at ${at} ns is before create_sent${beyond(error)}`;
  }
  for (const [cause, effect] of PAIRS) {
    const [before, after] = [offsetOf(cause), offsetOf(effect)];
    if (before !== null && after !== null && after < before - error)
      return `${effect} at ${after} ns is before ${cause} at ${before} ns, which has to come first${beyond(error)}`;
  }
  return undefined;
}

const beyond = (error: number): string => `, by more than the error of ${error} ns allows`;

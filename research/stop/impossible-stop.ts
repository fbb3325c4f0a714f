/** Whether the times of a stop are possible, as for a start. */
import { beyond } from "../impossible-start.ts";
import { STOP_CAUSES, STOP_MILESTONE_NAMES, type StopMilestone } from "./milestones.ts";

const PAIRS = STOP_MILESTONE_NAMES.flatMap((effect) => (STOP_CAUSES[effect] ?? []).map((cause) => [cause, effect] as const));

/**
 * @param offsetOf since stop_sent in ns, `null` where the milestone was not seen
 * @param error bound of the error of each time in ns
 * @returns what is impossible, in words that name the milestone; `undefined` where nothing is
 */
export function impossibleStop(offsetOf: (milestone: StopMilestone) => number | null, error: number): string | undefined {
  const early = STOP_MILESTONE_NAMES.find((name) => (offsetOf(name) ?? 0) < -error);
  if (early !== undefined) return `${early} at ${offsetOf(early)} ns is before stop_sent${beyond(error)}`;
  for (const [cause, effect] of PAIRS) {
    const [before, after] = [offsetOf(cause), offsetOf(effect)];
    if (before !== null && after !== null && after < before - error)
      return `${effect} at ${after} ns is before ${cause} at ${before} ns, which has to come first${beyond(error)}`;
  }
  return undefined;
}

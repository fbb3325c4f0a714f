import { CONFIDENCE, type Interval } from "../interval.ts";
import { holmConfidences } from "../tests/holm-confidences.ts";
import { estimateInterval, pOfNone, type SessionEstimate } from "./log-estimate.ts";

/**
 * Intervals of several differences at once, each on the scale of its estimate, that agree with Holm's verdicts: see
 * {@link holmConfidences}. What could not be estimated (`null`) stays `null` and does not count.
 */
export function holmIntervals(
  estimates: readonly (SessionEstimate | null)[],
  confidence: number = CONFIDENCE,
): (Interval | null)[] {
  const confidences = holmConfidences(
    estimates.map((estimate) => estimate && pOfNone(estimate)),
    confidence,
  );
  return estimates.map((estimate, index) => {
    const own = confidences[index];
    return estimate === null || own == null ? null : estimateInterval(estimate, own);
  });
}

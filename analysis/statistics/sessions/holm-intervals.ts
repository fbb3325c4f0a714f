import { CONFIDENCE, type Interval } from "../interval.ts";
import { estimateInterval, pOfNone, type SessionEstimate } from "./log-estimate.ts";

/**
 * Intervals of several differences at once, each on the scale of its estimate, that agree with Holm's verdicts: the estimate with the i-th smallest p-value gets
 * the level α / (m − i + 1) as long as those before it are significant; from the first that is not, all keep its level
 * (Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6(2), 1979; the intervals of its
 * steps: Serlin, "Confidence intervals and the scientific method", J. Exp. Educ. 61(4), 1993). An interval leaves out 0
 * exactly where Holm's adjusted p-value is at most α; the chance that any of them wrongly does is at most α.
 * What could not be estimated (`null`) stays `null` and does not count.
 */
export function holmIntervals(
  estimates: readonly (SessionEstimate | null)[],
  confidence: number = CONFIDENCE,
): (Interval | null)[] {
  const alpha = 1 - confidence;
  const steps = estimates
    .flatMap((estimate, index) => (estimate === null ? [] : [{ estimate, index, p: pOfNone(estimate) }]))
    .sort((x, y) => x.p - y.p);
  const intervals: (Interval | null)[] = estimates.map(() => null);
  let left = steps.length;
  let significant = true;
  for (const { estimate, index, p } of steps) {
    intervals[index] = estimateInterval(estimate, 1 - alpha / left);
    significant &&= p <= alpha / left;
    if (significant) left -= 1;
  }
  return intervals;
}

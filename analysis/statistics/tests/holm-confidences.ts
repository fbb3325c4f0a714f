import { CONFIDENCE } from "../interval.ts";

/**
 * The confidence of each interval of a family that holds for all of them together and agrees with Holm's verdicts: the one with
 * the i-th smallest p-value has the level α / (m − i + 1) as long as those before it are significant; from the first that
 * is not, all keep its level (Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6(2), 1979; the
 * intervals of its steps: Serlin, "Confidence intervals and the scientific method", J. Exp. Educ. 61(4), 1993). Where test and
 * interval belong together, an interval leaves out 0 exactly where Holm's adjusted p-value is at most α; the chance that any of
 * them wrongly does is at most α. A test that could not be made (`null`) has no confidence and does not count.
 */
export function holmConfidences(pValues: readonly (number | null)[], confidence: number = CONFIDENCE): (number | null)[] {
  const alpha = 1 - confidence;
  const steps = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((x, y) => x.p - y.p);
  const confidences: (number | null)[] = pValues.map(() => null);
  let left = steps.length;
  let significant = true;
  for (const { p, index } of steps) {
    confidences[index] = 1 - alpha / left;
    significant &&= p <= alpha / left;
    if (significant) left -= 1;
  }
  return confidences;
}

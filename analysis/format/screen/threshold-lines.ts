/** What the gate found, for the screen. */
import type { Beyond } from "../../comparisons/threshold.ts";
import { count } from "../../samples/numbers.ts";

/** @param threshold as it was given @param unjudged how many comparisons it can say nothing about */
export function thresholdLines(threshold: string, beyond: readonly Beyond[], unjudged: number): string[] {
  const named = beyond.map(({ comparison: { a, b, condition, metric } }) => `${condition} ${metric} (${a} against ${b})`);
  const found =
    beyond.length === 0
      ? `threshold ${threshold}: nothing${unjudged === 0 ? "" : " that could be judged"} is certainly beyond it`
      : `threshold ${threshold}: beyond it ${named.join(", ")}`;
  return [found, ...(unjudged === 0 ? [] : [`threshold ${threshold}: ${count(unjudged, "comparison")} not judged`])];
}

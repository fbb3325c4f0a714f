/**
 * Does it matter which trial of a container a trial is? Each value is divided by the median of its condition; those that
 * were measured first in their container, as in a container of their own, are set against those that came later. The order
 * is drawn for each container, so that the two differ in nothing else.
 */

import { type Ratio, ratio } from "../../analysis/statistics/effects/ratio.ts";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import type { Measurement } from "../../analysis/subjects/measurement.ts";

export interface PlaceEffect {
  readonly first: number;
  readonly later: number;
  /** Later over first. */
  readonly effect: Ratio;
}

/**
 * @param measurements of one metric
 * @param containers of each row of the file, in its order; `null` where it had none
 * @returns `null` where no container has several trials, or a value is not above zero
 */
export function placeInContainer(
  measurements: readonly Measurement[],
  containers: readonly (string | null)[],
): PlaceEffect | null {
  const [first, later]: [number[], number[]] = [[], []];
  for (const { values, rows } of measurements) {
    if (values.length === 0) continue;
    const center = median(sortedSamples(values));
    for (const [index, value] of values.entries()) {
      const row = rows[index] as number;
      const container = containers[row - 1] ?? null;
      const isLater = container !== null && containers[row - 2] === container;
      (isLater ? later : first).push(value / center);
    }
  }
  if (later.length === 0 || first.length === 0 || ![...first, ...later].every((value) => value > 0)) return null;
  return { first: first.length, later: later.length, effect: ratio(sortedSamples(later), sortedSamples(first)) };
}

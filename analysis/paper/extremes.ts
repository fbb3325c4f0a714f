/** Of several conditions, the one with the largest mean and the one with the smallest. */

import { mean } from "../statistics/one-sample/mean.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import type { Measurement } from "../subjects/measurement.ts";

/** In the unit of the measurement, which must not be empty. */
export const meanOf = ({ values }: Pick<Measurement, "values">): number => mean(sortedSamples(values));

/** @param measurements at least one, none without values */
export function extremes(measurements: readonly Measurement[]): { readonly most: Measurement; readonly least: Measurement } {
  const byMean = measurements.map((measurement) => ({ measurement, at: meanOf(measurement) })).sort((a, b) => a.at - b.at);
  const [least, most] = [byMean[0], byMean.at(-1)];
  if (least === undefined || most === undefined) throw new RangeError("no conditions to compare");
  return { most: most.measurement, least: least.measurement };
}

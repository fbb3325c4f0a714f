import { grouped } from "../samples/grouped.ts";
import type { Measurement } from "../subjects/measurement.ts";

/** Each detector asks for the same; a platform's measurements never change. */
const families = new WeakMap<readonly Measurement[], Measurement[][]>();

/** The conditions of one experiment in one metric: what one instrument has measured. In order of first appearance. */
export function byMetric(measurements: readonly Measurement[]): readonly Measurement[][] {
  const known = families.get(measurements);
  if (known !== undefined) return known;
  const found = [...grouped(measurements, ({ experiment, metric }) => JSON.stringify([experiment, metric])).values()];
  families.set(measurements, found);
  return found;
}

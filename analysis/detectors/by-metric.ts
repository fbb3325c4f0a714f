import { grouped } from "../samples/grouped.ts";
import type { Measurement } from "../subjects/measurement.ts";

/** The conditions of one experiment in one metric: what one instrument has measured. In order of first appearance. */
export function byMetric(measurements: readonly Measurement[]): Measurement[][] {
  return [...grouped(measurements, ({ experiment, metric }) => JSON.stringify([experiment, metric])).values()];
}

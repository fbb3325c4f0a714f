import type { Measurement } from "../subjects/measurement.ts";

/** The conditions of one experiment in one metric: what one instrument has measured. In order of first appearance. */
export function byMetric(measurements: readonly Measurement[]): Measurement[][] {
  const families = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const key = JSON.stringify([measurement.experiment, measurement.metric]);
    const family = families.get(key);
    if (family === undefined) families.set(key, [measurement]);
    else family.push(measurement);
  }
  return [...families.values()];
}
